"""The servers that measurements are taken of, and the programs that load them."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"
TOOLS = BUILD / "tool"
# The one that is measured: of another build too, such as one with sanitizers.
HOOPOE = pathlib.Path(os.environ.get("HOOPOE_BINARY", BUILD / "hoopoe"))
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, path, token=None, encoding="identity"):
    """(status, body as it was sent) of one GET."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": encoding, **({"Authorization": f"Bearer {token}"} if token else {})})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def wait_for(port, seconds=20):
    """Returns when somebody listens, found by trying every millisecond."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.001)
    raise RuntimeError(f"nobody listens on port {port}")


class Server:
    """A process that serves on a port, ended by its own id."""

    def __init__(self, command, port, environment=None):
        self.port = port
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, **(environment or {})})
        wait_for(port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        status = self.process.wait(timeout=30)
        if status not in (0, -signal.SIGKILL, -signal.SIGTERM):
            raise RuntimeError(f"{self.process.args[0]} ended with status {status}")

    def kill(self):
        """As a power cut of the process alone; __exit__ then finds it gone."""
        self.process.kill()
        self.process.wait(timeout=30)

    def pids(self):
        """The process and its children (the workers of nginx)."""
        pid = self.process.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]

    def cpu_seconds(self):
        ticks = 0
        for pid in self.pids():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])  # utime, stime: fields 14 and 15 of proc(5)
        return ticks / TICKS

    def status(self, name):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s*(\d+) kB", text, re.M)[1]) / 1024


def hoopoe(data, syncs=None):
    port = free_port()
    environment = {}
    if syncs:
        environment = {"LD_PRELOAD": str(BUILD / "libcount_syncs.so"), "HOOPOE_BENCH_SYNCS": str(syncs)}
    # Of what comes through a proxy, any number of connections may have one address.
    return Server([HOOPOE, "serve", "--data", data, "--listen", f"127.0.0.1:{port}",
                   "--set", "rate_limits.enabled=false", "--set", "trusted_proxies=127.0.0.0/8"], port, environment)


def nginx(folder, work):
    port = free_port()
    conf = work / f"nginx-{port}.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = " ".join(f"{kind}_temp_path {work}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    conf.write_text(f"""{user} worker_processes 2; daemon off; pid {work}/nginx.pid; error_log {work}/nginx.log;
        events {{ worker_connections 2048; }}
        http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; {temporary}
          open_file_cache max=1000; default_type application/json;
          server {{ listen 127.0.0.1:{port} reuseport; root {folder}; }} }}""")
    return Server(["/usr/sbin/nginx", "-p", work, "-c", conf], port)


def null_server(folder):
    port = free_port()
    return Server([TOOLS / "null_tool", folder, str(port)], port)


def tool(name, *words):
    done = subprocess.run([TOOLS / name, *map(str, words)], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {done.stderr.strip()}")
    return json.loads(done.stdout or "{}")


def rate(result):
    return result["count"] / result["seconds"]


class Background:
    """A tool that loads a server while something else is measured."""

    def __init__(self, name, *words):
        self.name = name
        self.process = subprocess.Popen([TOOLS / name, *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def line(self):
        """The next thing that it says."""
        said = self.process.stdout.readline()
        if not said:
            raise RuntimeError(f"{self.name}: {self.process.stderr.read().strip()}")
        return json.loads(said)

    def go_on(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
