"""A small county site of invented content, served on loopback for the tests of the crawler."""
