"""Pages of other people's folders: front matter, names, markup and readiness as other programs write them.

What comes in here is brought into the words and marks that the readers of `page` and `legacy` know; what readers must
not see, or the site has no place for, is kept for editors and named in a finding.
"""
