"""Puts questions to the RSL client of Supertab (supertab-connect-sdk, MIT): one JSON line in, one out.

Each document is served at /license.xml by a loopback server, where the client looks for it, and at an address of its own,
because the client keeps one document for each origin. License servers named in it are replaced by the same server.
"""

import asyncio
import json
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from supertab_connect import SupertabConnectError, obtain_license_token

document = ""


class Site(BaseHTTPRequestHandler):
    def answer(self, status, body, kind):
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        if self.path == "/license.xml":
            self.answer(200, document, "application/rsl+xml")
        else:
            self.answer(404, "", "text/plain")

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.answer(200, json.dumps({"access_token": "token"}), "application/json")

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("0.0.0.0", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
port = server.server_address[1]

for number, line in enumerate(sys.stdin):
    question = json.loads(line)
    origin = f"http://127.0.{1 + number // 250}.{1 + number % 250}:{port}"
    document = re.sub(r'(\sserver=)"https?://[^"]*"', rf'\1"{origin}/olp"', question["document"])
    try:
        token = asyncio.run(
            obtain_license_token(
                client_id="client",
                client_secret="secret",
                resource_url=origin + question["url"],
                usage=question["usage"],
            )
        )
        answer = "free" if token is None else "token"
    except SupertabConnectError:
        answer = "no"
    except Exception as error:
        answer = f"fails: {type(error).__name__}"
    print(json.dumps(answer), flush=True)
