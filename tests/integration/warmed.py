"""What servers and commands are forked with: routes, pages, and quick hashes of passwords.

Only the process that they are forked from reads this in. Each would take a second to make its own
routes, another to look at its handlers, and to write code from the templates of its pages. A hash
takes a tenth of a second, of which each account that a story lets in takes six: hashes with all
their rounds are held by ``tests/unit/crypto`` and ``tests/integration/login``.
"""

import gc

from adapters.crypto.passwords import Sm3PasswordHashes
from entrypoints.http.api import api_routes
from entrypoints.http.web import web_pages
from entrypoints.http.web.answering import _templates

from .signatures import share_signatures

_ROUNDS = 1_000

_usual = Sm3PasswordHashes.__init__.__kwdefaults__
assert _usual is not None
_usual["rounds"] = _ROUNDS
share_signatures()
api_routes()
web_pages()
for _name in _templates().list_templates():
    _templates().get_template(_name)
gc.collect()
gc.freeze()  # else each would look through all of it, whenever it looks for what it may forget
