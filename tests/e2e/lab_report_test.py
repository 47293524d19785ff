"""A lab from the prediction to the report: predict, run, report in its three formats."""

import html.parser
import os
import re
import shutil
import subprocess
import unittest

from lab import BULKHEAD, CLAIM_ID, Lab, claim, eventually

SHEET = """\
schema = 1
title = "Who survives an abort?"
course = "Operating systems"
group = "B2"
objective = "To see which compartment keeps an abort in."
[[author]]
name = "Ana Souza"
id = "21-001"
"""
FORMATS = ("lab", "lab-html", "lab-latex")


class Tags(html.parser.HTMLParser):
    """Whether every element that is opened is closed, in order."""
    VOID = {"meta", "br", "img", "link", "hr", "line", "rect", "circle", "path", "use", "polygon"}

    def __init__(self, text):
        super().__init__()
        self.open, self.wrong, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.text += data


class LabReport(Lab):
    def predict(self, *arguments):
        said = self.bulkhead("predict", *arguments)
        self.assert_code(said, 0)
        return said

    def read(self, *parts):
        with open(self.path(*parts), encoding="utf-8") as file:
            return file.read()

    def smoke(self, *arguments):
        said, directory = self.run_claims("my-lab.toml", "crash.process-contained",
                                          "crash.thread-siblings-continue", "--profile", "smoke", "--fault",
                                          "abort", "--vehicle", "fork,thread", *arguments)
        self.assertIn(said.code, (0, 1, 3), str(said))
        return said, directory

    def test_FromThePredictionToTheReport(self):
        self.write("my-lab.toml", claim())
        self.write("lab.toml", SHEET)
        self.predict("crash.process-contained=supported", "--student", "Ana",
                     "--reason", 'each has an "address space" of its own')
        self.predict("my-lab.toml", f"{CLAIM_ID}=not-sure", "--student", "Ana")
        again = self.predict("crash.process-contained=refuted", "--student", "Ana")
        self.assertIn("that one counts", again.err)
        entered = self.read("predictions.toml")

        _, directory = self.smoke()
        self.assertEqual(entered, self.read(directory, "predictions.toml"))
        self.assertIn('"predictions.toml"', self.read(directory, "manifest.json"))

        self.assertNotEqual(2, self.bulkhead("report", directory, "--format", ",".join(FORMATS), "-o", "out").code)
        files = set(os.listdir(self.path("out")))
        self.assertEqual({"lab.md", "lab.html", "lab.tex", "bulkhead-results.tex", "figures"}, files)

        text = self.read("out", "lab.md")
        self.assertTrue(text.startswith("# Who survives an abort?\n"), text[:80])
        for expected in ("Ana Souza (21-001)", "To see which compartment keeps an abort in.",
                         "address space", "not sure", "no: an earlier one counts", "Answer here:",
                         "No prediction that counts: `crash.thread-siblings-continue`"):
            self.assertIn(expected, text)
        for figure in re.findall(r"\]\((figures/[^)]*)\)", text):
            self.assertIn("<svg", self.read("out", figure))

        page = Tags(self.read("out", "lab.html"))
        self.assertEqual(([], []), (page.open, page.wrong))
        self.assertIn("Who survives an abort?", page.text)

    def test_ItIsWrittenByTheRunItselfToo(self):
        self.write("my-lab.toml", claim())
        self.write("sheet.toml", SHEET)
        said, directory = self.smoke("--format", "lab", "--lab", "sheet.toml")
        self.assertIn("# Who survives an abort?", self.read(directory, "lab.md"), str(said))
        self.assertIn('"figures/', self.read(directory, "manifest.json"))

    def test_ALaterPredictionDoesNotCount(self):
        self.write("my-lab.toml", claim())
        _, directory = self.run_claims("my-lab.toml", "--profile", "smoke")
        self.predict("my-lab.toml", f"{CLAIM_ID}=supported", "-o", "late.toml")
        text = re.sub(r'at = ".*"', 'at = "2999-01-01T00:00:00Z"', self.read("late.toml"))
        self.write("late.toml", text)
        said = self.bulkhead("report", directory, "--format", "lab", "--predictions", "late.toml")
        self.assertIn("entered after the run began", said.out)
        self.assertIn("its digest", said.out)

    def test_WhatIsBadIsRefusedBeforeAnythingIsRun(self):
        self.write("my-lab.toml", claim())
        self.write("predictions.toml", "schema = 1\n[[prediction]]\nclaim = \"a\"\nverdict = \"maybe\"\n"
                                       "at = \"2026-01-15T09:00:00Z\"\n")
        said, directory = self.run_claims("my-lab.toml")
        self.assert_refused(said, "predictions.toml:4:", '"maybe"')
        self.assertFalse(os.path.exists(directory))
        self.assert_refused(self.bulkhead("predict", "crash.process-contained=supported"), "predictions.toml:4:")
        self.assert_refused(self.bulkhead("predict", "crash.process-containd=supported", "-o", "p.toml"),
                            'did you mean "crash.process-contained"?')
        self.assert_refused(self.bulkhead("predict", "crash.process-contained=suported", "-o", "p.toml"),
                            'did you mean "supported"?')
        self.assert_refused(self.bulkhead("predict", "crash.process-contained"), "nobody can be asked")
        self.assertFalse(os.path.exists(self.path("p.toml")))


@unittest.skipUnless(shutil.which("pdflatex"), "pdflatex is missing")
class Latex(Lab):
    def test_PdflatexTakesIt(self):
        self.write("my-lab.toml", claim())
        self.write("lab.toml", SHEET)
        said, directory = self.run_claims("my-lab.toml", "--profile", "smoke", "--format", "lab-latex")
        self.assertIn(said.code, (0, 1, 3), str(said))
        done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "lab.tex"], cwd=directory,
                              capture_output=True, check=False)
        self.assertEqual(0, done.returncode, done.stdout.decode("utf-8", "replace")[-3000:])
        self.assertTrue(os.path.exists(os.path.join(directory, "lab.pdf")))


@unittest.skipUnless(shutil.which("tmux"), "tmux is missing")
class Interview(Lab):
    """Somebody types at it."""

    def setUp(self):
        super().setUp()
        self.write("my-lab.toml", claim())
        self.write("tmux.conf", "set -g status off\n")

    def tmux(self, *arguments):
        done = subprocess.run(["tmux", "-S", self.path("tmux"), "-f", self.path("tmux.conf"), *arguments],
                              capture_output=True, text=True, check=False, env=self.environment())
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def open(self, *arguments):
        self.tmux("new-session", "-d", "-x", "80", "-y", "40", "-s", "e2e",
                  f"cd {self.place}; trap : INT; {BULKHEAD} predict {' '.join(arguments)}; echo $? > new; "
                  "mv new code; exec cat")
        self.addCleanup(subprocess.run, ["tmux", "-S", self.path("tmux"), "kill-server"],
                        check=False, capture_output=True)

    def shows(self, text):
        eventually(f"{text!r} on the screen", lambda: text in self.tmux("capture-pane", "-p", "-t", "e2e"))

    def type(self, *keys):
        self.tmux("send-keys", "-t", "e2e", *keys)

    def code(self):
        eventually("the end of the program", lambda: os.path.exists(self.path("code")))
        with open(self.path("code"), encoding="ascii") as file:
            return int(file.read())

    def predictions(self):
        with open(self.path("predictions.toml"), encoding="utf-8") as file:
            return file.read()

    def test_ItAsksEachClaimAndKeepsTheAnswers(self):
        self.open("my-lab.toml", "crash.process-contained", "--student", "Ana")
        self.shows(f"1/2 {CLAIM_ID}")
        self.shows("s, r, c, n?")
        self.type("x", "Enter")
        self.shows("One of the letters")
        self.type("s", "Enter")
        self.shows("Why?")
        self.type("-l", "each has its own \"memory\"")
        self.type("Enter")
        self.shows("2/2 crash.process-contained")
        self.type("Enter")
        self.shows("1 prediction kept in predictions.toml.")
        self.assertEqual(0, self.code())
        self.assertIn('verdict = "supported"\nreason = "each has its own \\"memory\\""\nstudent = "Ana"\nat = "2',
                      self.predictions())

    def test_AnInterruptionKeepsWhatWasAnswered(self):
        self.open("my-lab.toml", "crash.process-contained")
        self.shows("s, r, c, n?")
        self.type("r", "Enter")
        self.shows("Why?")
        self.type("Enter")
        self.shows("2/2")
        self.type("C-c")
        self.assertEqual(130, self.code())
        self.assertEqual(1, self.predictions().count("[[prediction]]"))


if __name__ == "__main__":
    unittest.main()
