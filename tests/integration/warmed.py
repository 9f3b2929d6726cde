"""Routes and pages, made once before servers are forked: each would take a second to make its own.

Only the process that servers are forked from reads this in.
"""

from entrypoints.http.api import api_routes
from entrypoints.http.web import web_pages

api_routes()
web_pages()
