"""pyftpdlib as a server, for comparison: `user` with the password `12345` may do all, `anonymous` may read.

Prints its port. Ends with its standard input.
"""

import logging
import sys
import threading

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer

logging.disable(logging.CRITICAL)
home = sys.argv[1]
authorizer = DummyAuthorizer()
authorizer.add_user("user", "12345", home, perm="elradfmwMT")
authorizer.add_anonymous(home)


class Handler(FTPHandler):
    pass


Handler.authorizer = authorizer
Handler.auth_failed_timeout = 0
Handler.banner = "JSendfile FTP server ready."
server = FTPServer(("127.0.0.1", 0), Handler)
print(server.address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
