"""What a document is made of: masthead (its facts), region, outline."""
