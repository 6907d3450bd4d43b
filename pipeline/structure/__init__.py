"""What a document is made of: masthead (its facts), region, parts, outline. Who asks whom, from the page inwards:

lines of the site   furniture takes them off: page_lines, head_lines, head_runs; cell_lines are no menu, whatever they look like.
                    notices are pages that are no document
masthead            titles (title_lines, headlines, named_titles, run_on), doc_types, issuers (bodies, committees),
                    numbers, outlets; info_bars and mailbox give what a form says (info_labels)
dates               document_dates keeps them apart: dates, meeting_dates, validity
region              region weighs mentions of places (gazetteer): region_evidence; number_place, own_site and hosts where the text
                    is silent; placeless completes bodies that leave their place out
parts               parts walks over the lines (lines_around, part_lines)
outline             outline nests paragraphs (markers, headings, decimals, glossary), sentences cuts them
"""
