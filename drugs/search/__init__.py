"""How readers find a page: search by name and by full text, facets and counters for lists; derived from editions.

Faces: `names` and `fulltext` answer queries, `index` keeps all that is derived from editions, `counters` the numbers of
lists, `ingredient_links` the links between pages, `unanswered` the queries without an answer; `facets` gives slugs.
"""
