"""On a terminal (tmux, 80 columns): a live line while it runs, and a clean page afterwards."""

import os
import pty
import shlex
import shutil
import signal
import subprocess
import unicodedata
import unittest

from lab import BULKHEAD, ESCAPE, Lab, accounting, claim, eventually, plugin

WIDTH, HEIGHT = 80, 50
SELECTION = ("crash.hang-contained", "crash.thread-siblings-continue", "corruption.silent")
LONG = (*SELECTION, "--trials", "25")  # some seconds
SHORT = (*SELECTION, "--trials", "2")
LONG_ID = "lab." + "-".join(["a-claim-whose-name-fills-more-than-half-of-a-line"] * 2)
CJK = "一個行程當機不會影響其他行程的記憶體與執行" * 6


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in line)


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

    def open(self, *arguments, env=(), then=""):
        """The program alone on a terminal; its exit code goes into a file, the screen stays."""
        self.opened += 1
        command = " ".join([*env, shlex.join([BULKHEAD, *arguments])])
        command += f" | {then}" if then else ""
        code = f"code{self.opened}"
        # INT is for the program; the shell stays to tell its end, and what it did to the terminal.
        script = (f"cd {shlex.quote(self.place)}; trap : INT; stty -g > modes; {command}; echo $? > new; "
                  f"stty -g > modes-after; mv new {code}; exec cat")
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

    def start_endless(self, *arguments):
        """One trial that lasts until its timeout of an hour."""
        self.write("endless.toml", claim(names='["e2e-endless"]'))
        self.open("run", "endless.toml", "--plugin", plugin("endless"), "--timeout", "60m", "--jobs", "1", *arguments)
        eventually("the trial in flight", lambda: any("e2e-endless" in line for line in self.live_line()))

    def supervisor(self):
        shell = self.tmux("display-message", "-p", "-t", "e2e", "#{pane_pid}").strip()
        with open(f"/proc/{shell}/task/{shell}/children", encoding="ascii") as file:
            return int(file.read().split()[0])

    def assert_terminal_as_before(self):
        flags = self.tmux("display-message", "-p", "-t", "e2e", "#{cursor_flag} #{alternate_on} #{insert_flag}")
        self.assertEqual("1 0 0", flags.strip(), "cursor shown, no other screen, no insertion")
        with open(self.path("modes"), encoding="ascii") as file:
            before = file.read()
        with open(self.path("modes-after"), encoding="ascii") as file:
            self.assertEqual(before, file.read(), "modes of the terminal")

    def test_CtrlCFinishesWithAReportAndACleanScreen(self):
        self.open("run", "crash.process-contained", "--fault", "abort", "--trials", "100000", "--vehicle", "fork",
                  "-o", self.path("run"))
        eventually("a live line", self.live_line)
        self.tmux("send-keys", "-t", "e2e", "C-c")
        self.assertEqual(130, self.code())
        page = [line.removeprefix("^C") for line in self.page()]
        self.assertIsNotNone(accounting(page[-1]), page[-1])
        self.assertTrue(any("interrupted: finishing" in line for line in page), page)
        self.assertTrue(any("INTERRUPTED" in line for line in page))
        self.assertTrue(os.path.exists(self.path("run", "results.json")))
        self.assert_terminal_as_before()

    def test_CtrlCSaysWhatItWaitsForAndTwiceDoesNot(self):
        self.start_endless()
        self.tmux("send-keys", "-t", "e2e", "C-c")
        eventually("what is waited for", lambda: any("finishing 1 trial in flight" in line for line in self.screen()))
        self.tmux("send-keys", "-t", "e2e", "C-c")
        self.assertEqual(130, self.code())
        self.assertIsNotNone(accounting(self.page()[-1]))
        self.assertEqual([], [line for line in self.page() if line.startswith("[")])
        self.assert_terminal_as_before()

    def test_TheTerminalIsAsBeforeAfterEveryWayOut(self):
        for way in (signal.SIGTERM, signal.SIGKILL):
            with self.subTest(way.name):
                self.start_endless()
                pid = self.supervisor()
                os.kill(pid, way)
                if way == signal.SIGTERM:
                    eventually("it heard", lambda: any("once more" in line for line in self.screen()))
                    os.kill(pid, way)
                self.assertEqual(130 if way == signal.SIGTERM else 128 + way, self.code())
                self.assert_terminal_as_before()

    def test_AReaderThatGoesAwayLeavesACleanScreen(self):
        self.open("run", *SHORT, "-o", self.path("run"), then="head -1 > line")
        self.code()
        eventually("the report", lambda: os.path.exists(self.path("run", "results.json")))
        eventually("the end of the live line", lambda: not self.live_line())
        self.assert_terminal_as_before()

    def test_WhoAsksIsAnsweredAboveTheLiveLine(self):
        self.start_endless()
        os.kill(self.supervisor(), signal.SIGUSR1)
        answer = eventually("an answer", lambda: [line for line in self.screen() if "is being set up" in line])
        self.assertIn("victim", answer[0])
        eventually("the live line goes on", self.live_line)
        self.assertFalse(any("running for" in line and "[" in line for line in self.screen()))

    def test_ATrialThatTakesLongIsNamedOnce(self):
        self.start_endless()
        eventually("it is named", lambda: any("! SLOW  e2e-endless/fork" in line for line in self.screen()))
        self.assertEqual(1, sum("! SLOW" in line for line in self.screen()))

    def test_LongIdsAndWideTextStayWithinTheScreen(self):
        self.write("wide.toml", claim(text__en=f'"{CJK}"').replace("lab.abort-is-contained", LONG_ID))
        self.open("run", "wide.toml", "--trials", "1", "--verbose")
        self.assertEqual(3, self.code())
        page = self.page()
        self.assertEqual([], [line for line in page if columns(line) > WIDTH])
        self.assertIn(CJK, "".join(line.strip() for line in page).replace('"', ""))

    def test_CtrlCLeavesNoPieceOfTheLiveLine(self):
        self.open("run", "crash.process-contained", "--trials", "100000")
        eventually("a live line that fills the screen's width",
                   lambda: [line for line in self.live_line() if len(line) >= WIDTH - 3])
        self.tmux("send-keys", "-t", "e2e", "C-c")
        self.assertEqual(130, self.code())
        self.assertEqual([], [line for line in self.page() if line.startswith("[")])


if __name__ == "__main__":
    unittest.main()
