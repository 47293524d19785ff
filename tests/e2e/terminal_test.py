"""On a terminal (tmux, 80 columns): a live line while it runs, and a clean page afterwards."""

import os
import pty
import shlex
import shutil
import subprocess
import unittest

from lab import BULKHEAD, ESCAPE, Lab, accounting, claim, eventually

WIDTH, HEIGHT = 80, 50
SELECTION = ("crash.hang-contained", "crash.thread-siblings-continue", "corruption.silent")
LONG = (*SELECTION, "--trials", "25")  # some seconds
SHORT = (*SELECTION, "--trials", "2")


class Terminal(Lab):
    def setUp(self):
        super().setUp()
        if not shutil.which("tmux"):
            self.skipTest("tmux is missing")
        self.write("my-lab.toml", claim())
        self.write("tmux.conf", "set -g history-limit 20000\nset -g status off\n")
        self.opened = 0

    def tmux(self, *arguments):
        done = subprocess.run(["tmux", "-S", self.path(f"tmux{self.opened}"), "-f", self.path("tmux.conf"),
                               *arguments], capture_output=True, text=True, check=False, env=self.environment())
        if done.returncode != 0:
            raise AssertionError(f"tmux {arguments}: {done.stderr}")
        return done.stdout

    def open(self, *arguments, env=()):
        """The program alone on a terminal; its exit code goes into a file, the screen stays."""
        self.opened += 1
        command = " ".join([*env, shlex.join([BULKHEAD, *arguments])])
        code = f"code{self.opened}"
        script = f"cd {shlex.quote(self.place)}; {command}; echo $? > new; mv new {code}; exec cat"
        self.tmux("new-session", "-d", "-x", str(WIDTH), "-y", str(HEIGHT), "-s", "e2e", script)
        self.addCleanup(subprocess.run, ["tmux", "-S", self.path(f"tmux{self.opened}"), "kill-server"],
                        check=False, capture_output=True)

    def screen(self, *arguments):
        return self.tmux("capture-pane", "-p", "-t", "e2e", *arguments).splitlines()

    def page(self):
        """All that was said, with what has scrolled away; -J joins the lines that the terminal wrapped."""
        lines = self.screen("-J", "-S", "-")
        while lines and not lines[-1].strip():
            lines.pop()
        return lines

    def code(self):
        def read():
            try:
                with open(self.path(f"code{self.opened}"), encoding="ascii") as file:
                    return file.read().strip()
            except FileNotFoundError:
                return None
        return int(eventually("the end of the program", read))

    def live_line(self):
        return [line for line in self.screen() if line.startswith("[") and "/" in line and "%" in line]

    def test_TheLiveLineCountsUpAndIsGoneAtTheEnd(self):
        self.open("run", *LONG)
        first, = eventually("a live line", self.live_line)
        eventually("another live line", lambda: [line for line in self.live_line() if line != first])
        self.assertIn(self.code(), (0, 1, 3))
        self.assertEqual([], [line for line in self.page() if line.startswith("[")])

    def test_AClaimIsNamedAsSoonAsItIsDecided(self):
        self.open("run", *LONG)
        eventually("a decided claim above the live line",
                   lambda: self.live_line() and [line for line in self.screen() if "corruption.silent" in line
                                                 or "crash." in line])
        self.code()

    def test_ThePageEndsWithTheAccountingAndLeavesACleanScreen(self):
        self.open("run", *SHORT)
        code = self.code()
        page = self.page()
        numbers = accounting(page[-1])
        self.assertIsNotNone(numbers, page[-1])
        self.assertEqual(numbers["planned"], numbers["executed"] + numbers["skipped"] + numbers["broken"])
        self.assertTrue(any(f"exit code {code}" in line for line in page))
        self.assertFalse([line for line in page if ESCAPE in line or "[K" in line or "[?25" in line or "[0m" in line])
        self.assertEqual("1", self.tmux("display-message", "-p", "-t", "e2e", "#{cursor_flag}").strip(), "cursor")
        self.assertEqual("0", self.tmux("display-message", "-p", "-t", "e2e", "#{alternate_on}").strip())
        self.assertEqual("0", self.tmux("display-message", "-p", "-t", "e2e", "#{cursor_x}").strip(),
                         "the prompt starts a line of its own")

    def test_NoLineIsWiderThanTheTerminal(self):
        self.open("run", *SHORT, "--verbose")
        self.code()
        self.assertEqual([], [line for line in self.page() if len(line) > WIDTH])

    def test_AReportIsNotWiderThanTheTerminal(self):
        self.run_claims(*SHORT)
        self.open("report", self.path("run1"), "--verbose")
        self.code()
        self.assertEqual([], [line for line in self.page() if len(line) > WIDTH])

    def test_ExplainAndDoctorAreNotWiderThanTheTerminal(self):
        for arguments in (("explain", "crash.process-contained"), ("explain", "supported"),
                          ("doctor",), ("list", "vehicles")):
            with self.subTest(arguments):
                self.open(*arguments)
                self.code()
                self.assertEqual([], [line for line in self.page() if len(line) > WIDTH])

    def test_ListIsNotWiderThanTheTerminal(self):
        for arguments in (("list",), ("list", "scenarios"), ("run", "crash.*", "--dry-run")):
            self.open(*arguments)
            self.code()
            self.assertEqual([], [line for line in self.page() if len(line) > WIDTH])

    def coloured(self, *arguments, env=()):
        self.open("run", "my-lab.toml", *arguments, env=env)
        self.code()
        return any(ESCAPE in line for line in self.screen("-e", "-S", "-"))

    def test_ATerminalGetsColour(self):
        self.assertTrue(self.coloured())

    def test_NoColorIsHeeded(self):
        self.assertFalse(self.coloured(env=("NO_COLOR=1",)))

    def test_ColorNeverIsHeeded(self):
        self.assertFalse(self.coloured("--color", "never"))

    def test_ADumbTerminalGetsNeitherColourNorALiveLine(self):
        """Byte by byte, on a bare pseudo-terminal."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.place)
            os.execve(BULKHEAD, [BULKHEAD, "run", "my-lab.toml"], self.environment(TERM="dumb"))
        raw = b""
        while True:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # EIO: the other side is closed
                break
            if not piece:
                break
            raw += piece
        os.close(terminal)
        self.assertEqual(0, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        text = raw.decode()
        self.assertNotIn(ESCAPE, text)
        self.assertNotIn("\r", text.replace("\r\n", ""))
        self.assertIsNotNone(accounting(text.splitlines()[-1]), text)

    def test_CtrlCFinishesWithAReportAndACleanScreen(self):
        self.open("run", "crash.process-contained", "--fault", "abort", "--trials", "100000", "--vehicle", "fork")
        eventually("a live line", self.live_line)
        self.tmux("send-keys", "-t", "e2e", "C-c")
        self.assertEqual(130, self.code())
        page = [line.removeprefix("^C") for line in self.page()]
        self.assertIsNotNone(accounting(page[-1]), page[-1])
        self.assertTrue(any("nterrupted" in line or "INTERRUPTED" in line for line in page))
        self.assertEqual("1", self.tmux("display-message", "-p", "-t", "e2e", "#{cursor_flag}").strip(), "cursor")

    def test_CtrlCLeavesNoPieceOfTheLiveLine(self):
        self.open("run", "crash.process-contained", "--trials", "100000")
        eventually("a live line that fills the screen's width",
                   lambda: [line for line in self.live_line() if len(line) >= WIDTH - 3])
        self.tmux("send-keys", "-t", "e2e", "C-c")
        self.assertEqual(130, self.code())
        self.assertEqual([], [line for line in self.page() if line.startswith("[")])


if __name__ == "__main__":
    unittest.main()
