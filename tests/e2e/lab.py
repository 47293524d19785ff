"""What all end-to-end tests share: a place to work in, the program, and how to read what it says.

The program comes from the environment (CTest sets it): BULKHEAD, BULKHEAD_E2E_PLUGINS,
BULKHEAD_SOURCE_DIR.  Every test process is a child subreaper: whatever a run orphans becomes a child
of the test, so that "nothing is left" is the kernel's word and not a guess among other people's
processes.
"""

import ctypes
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import unittest

DEADLINE = 60.0  # of any one event; generous, because machines are shared
NOBODY = 65534
ESCAPE = "\x1b"

PR_SET_CHILD_SUBREAPER = 36
if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
    raise OSError(ctypes.get_errno(), "PR_SET_CHILD_SUBREAPER")


def _from_environment(name):
    value = os.environ.get(name)
    if not value:
        raise SystemExit(f"{name} is not set; run these tests by ctest -L e2e")
    return os.path.abspath(value)


BULKHEAD = _from_environment("BULKHEAD")
PLUGINS = _from_environment("BULKHEAD_E2E_PLUGINS")
SOURCE = _from_environment("BULKHEAD_SOURCE_DIR")

CLAIM = """\
schema = 1

[[claim]]
id = "lab.abort-is-contained"
quantifier = "always"
text.en = "When one process aborts, its siblings keep running and keep their memory."
target = 0.1
expect = "supported"

[[claim.source]]
note = "+"

[claim.experiment]
names = ["abort"]
vehicles = ["fork"]
violation = "bystander-affected"
"""
CLAIM_ID = "lab.abort-is-contained"


def claim(**lines):
    """The claim file above with whole lines replaced: claim(names='["x"]'); None removes the line."""
    text = CLAIM
    for key, value in lines.items():
        pattern = re.compile(rf"^{re.escape(key.replace('__', '.'))} = .*\n", re.MULTILINE)
        assert pattern.search(text), key
        line = "" if value is None else f"{key.replace('__', '.')} = {value}\n"
        text = pattern.sub(lambda _: line, text)
    return text


def line_of(text, needle):
    """The number, from 1, of the only line that holds `needle`."""
    found = [n for n, line in enumerate(text.splitlines(), 1) if needle in line]
    assert len(found) == 1, (needle, found)
    return found[0]


def eventually(what, condition, deadline=DEADLINE):
    """Polls until `condition()` is truthy and returns that; a deadline that passes is a failure."""
    end = time.monotonic() + deadline
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {deadline:.0f} s: {what}")
        time.sleep(0.005)


_FIELD = re.compile(r'([a-z_]+)=("(?:[^"\\]|\\.)*"|[^\s"]+)')
_RECORD = re.compile(r'^([a-z]+)((?: [a-z_]+=(?:"(?:[^"\\]|\\.)*"|[^\s"]+))+)$')
_ACCOUNTING = re.compile(r"^planned (\d+) = executed (\d+) \+ skipped (\d+) \+ broken (\d+)$")


def record(line):
    """('verdict', {'claim': ...}) of one plain line, or None when it is no record."""
    match = _RECORD.match(line)
    if not match:
        return None
    fields = {}
    for key, value in _FIELD.findall(match.group(2)):
        fields[key] = json.loads(value) if value.startswith('"') else value
    return match.group(1), fields


def accounting(line):
    match = _ACCOUNTING.match(line)
    if not match:
        return None
    return dict(zip(("planned", "executed", "skipped", "broken"), map(int, match.groups())))


class Said:
    """What one finished program said."""

    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.out, self.err = arguments, code, out, err

    @property
    def lines(self):
        return self.out.splitlines()

    def records(self, kind):
        parsed = (record(line) for line in self.lines)
        return [r[1] for r in parsed if r and r[0] == kind]

    @property
    def accounting(self):
        return accounting(self.lines[-1]) if self.lines else None

    def __str__(self):
        return f"{' '.join(self.arguments)}\nexit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


def children():
    """Process ids of all children of this process: of adopted ones, too; zombies included."""
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
        return [int(pid) for pid in file.read().split()]


def reap_adopted():
    """Collects what has ended and is ours by adoption; returns the ids of all that it collected."""
    collected = []
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return collected
        if pid == 0:
            return collected
        collected.append(pid)


def shared_memory():
    return set(os.listdir("/dev/shm")) if os.path.isdir("/dev/shm") else set()


class Lab(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.place = tempfile.mkdtemp(prefix="bulkhead-e2e-")
        self.addCleanup(shutil.rmtree, self.place, ignore_errors=True)
        os.mkdir(self.path("tmp"))
        self.runs = 0

    def path(self, *parts):
        return os.path.join(self.place, *parts)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def environment(self, **changes):
        """Ours without anything that decides about colour; None removes a variable."""
        env = {k: v for k, v in os.environ.items()
               if k not in ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES")
               and not k.startswith("LC_")}
        env.update(LANG="C.UTF-8", TERM="xterm-256color", TMPDIR=self.path("tmp"))
        for key, value in changes.items():
            env.pop(key, None)
            if value is not None:
                env[key] = value
        return env

    def start(self, *arguments, prefix=(), env=None):
        """Starts the program in pipes, to be watched or interrupted."""
        process = subprocess.Popen([*prefix, BULKHEAD, *arguments], cwd=self.place,
                                   env=env or self.environment(), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        def end():
            if process.poll() is None:
                process.kill()
            process.communicate()
        self.addCleanup(end)
        return process

    def finish(self, process, arguments=()):
        out, err = process.communicate(timeout=DEADLINE)
        return Said(list(arguments), process.returncode, out, err)

    def bulkhead(self, *arguments, prefix=(), env=None):
        return self.finish(self.start(*arguments, prefix=prefix, env=env),
                           [*prefix, "bulkhead", *arguments])

    def run_claims(self, *arguments, **how):
        """`bulkhead run ... -o <fresh directory>`: (what it said, the directory)."""
        self.runs += 1
        directory = self.path(f"run{self.runs}")
        return self.bulkhead("run", *arguments, "-o", directory, **how), directory

    def results(self, directory):
        with open(os.path.join(directory, "results.json"), encoding="utf-8") as file:
            return json.load(file)

    def outcome(self, directory, claim_id):
        return {v["claim"]: v["outcome"] for v in self.results(directory)["verdicts"]}[claim_id]

    def journal(self, directory):
        return os.path.join(directory, "journal.jsonl.zst")

    def start_long_run(self, directory, *arguments):
        """A run that goes on until it is stopped, and has journalled some trials already."""
        process = self.start("run", "crash.process-contained", "--fault", "abort", "--vehicle", "fork",
                             "--trials", "1000000", "--jobs", "2", "-o", directory, *arguments)
        def under_way():
            if process.poll() is not None:
                raise AssertionError(f"ended before its time: {process.communicate()}")
            try:
                return os.path.getsize(self.journal(directory)) > 30000
            except FileNotFoundError:
                return False
        eventually("the run journals trials", under_way)
        return process

    def assert_code(self, said, code):
        self.assertEqual(code, said.code, str(said))

    def assert_refused(self, said, *fragments, code=2):
        """One clear message on stderr that holds the fragments; nothing on stdout."""
        self.assert_code(said, code)
        self.assertEqual("", said.out, str(said))
        self.assertEqual(1, len(said.err.splitlines()), str(said))
        self.assertTrue(said.err.startswith("bulkhead"), str(said))
        self.assertNotIn(ESCAPE, said.err)
        for fragment in fragments:
            self.assertIn(fragment, said.err, str(said))

    def assert_same_verdicts(self, one, other):
        """`run` names verdicts as they fall, `judge` in the order of the plan."""
        self.assertNotEqual([], one.records("verdict"), str(one))
        by_claim = [sorted(said.records("verdict"), key=lambda v: v["claim"]) for said in (one, other)]
        self.assertEqual(*by_claim)

    def assert_nothing_written(self, *known):
        """In our place lies what the test put there, and no trace of a run."""
        self.assertEqual(sorted([*known, "tmp"]), sorted(os.listdir(self.place)))
        self.assertEqual([], os.listdir(self.path("tmp")))

    def hand_to_nobody(self):
        """Our place becomes nobody's; returns the prefix that starts a program as nobody."""
        if os.geteuid() != 0:
            self.skipTest("only root can become nobody")
        if not shutil.which("setpriv"):
            self.skipTest("setpriv is missing")
        for directory, _, files in os.walk(self.place):
            os.chown(directory, NOBODY, NOBODY)
            for name in files:
                os.chown(os.path.join(directory, name), NOBODY, NOBODY)
        prefix = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        reach = subprocess.run([*prefix, BULKHEAD, "--version"], cwd=self.place, check=False,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if reach.returncode != 0:
            self.skipTest(f"nobody cannot reach {BULKHEAD}")
        return prefix


def plugin(name):
    return os.path.join(PLUGINS, name + ".so")
