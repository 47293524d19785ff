"""What a run whose supervisor was killed has left is removed by the next run, which says so; a run
that lives is left alone; and a run that ends leaves nothing of its own."""

import os
import signal
import subprocess
import unittest

from lab import Lab, children, claim, eventually, plugin, reap_adopted

RUN = b"BULKHEAD_RUN="


def environment_of(pid):
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return file.read().split(b"\0")
    except OSError:
        return []


def start_time(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return file.read().rpartition(")")[2].split()[19]


def of_run(supervisor):
    """All processes that carry the mark of the run of that process."""
    mark = RUN + b"%d-" % supervisor
    return {int(pid) for pid in os.listdir("/proc") if pid.isdigit()
            and any(entry.startswith(mark) for entry in environment_of(pid))}


def named(pids, name):
    found = set()
    for pid in pids:
        try:
            with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
                if file.read().strip() == name:
                    found.add(pid)
        except OSError:
            pass
    return found


def dead_identity():
    """Of a process that has ended and is reaped."""
    process = subprocess.Popen(["sleep", "60"])
    identity = f"{process.pid}-{start_time(process.pid)}"
    process.kill()
    process.wait()
    return identity


def hierarchies():
    with open("/proc/self/mounts", encoding="utf-8") as file:
        lines = [line.split() for line in file]
    return [line[1] for line in lines if line[2] in ("cgroup", "cgroup2")]


def cgroups_of(pid):
    return [os.path.join(directory, name) for hierarchy in hierarchies()
            for directory, names, _ in os.walk(hierarchy) for name in names
            if name.startswith(f"bulkhead-{pid}-")]


class Remains(Lab):
    def setUp(self):
        super().setUp()
        reap_adopted()
        self.write("escapes.toml", claim(names='["e2e-escapes"]', id='"lab.escapes"'))
        self.write("my-lab.toml", claim())

    def start_escaping(self, directory):
        """A run whose trial is in flight and has let a grandchild escape: (process, its number)."""
        process = self.start("run", "escapes.toml", "--plugin", plugin("escapes"), "--timeout", "60m",
                             "--jobs", "1", "-o", self.path(directory))
        escaped = eventually("a grandchild that escapes",
                             lambda: named(of_run(process.pid), "e2e-escaped"))
        self.addCleanup(self.end, escaped)
        return process, escaped.pop()

    @staticmethod
    def end(pids):
        for pid in pids:  # ours by adoption, if it still is there: then the number is its
            if pid in children():
                os.kill(pid, signal.SIGKILL)
        reap_adopted()

    def kill(self, process):
        process.kill()
        process.wait()

    def notices_about(self, said, pid):
        return [n["text"] for n in said.records("notice") if f" process {pid}," in n["text"]]

    def test_TheNextRunRemovesWhatAKilledOneHasLeftAndSaysSo(self):
        process, escaped = self.start_escaping("killed")
        self.kill(process)
        self.assertTrue([n for n in os.listdir(self.path("killed")) if n.startswith("scratch-")])
        eventually("nobody but the escaped is left", lambda: of_run(process.pid) == {escaped})
        said, directory = self.run_claims("my-lab.toml", "--trials", "3")
        notices = self.notices_about(said, process.pid)
        self.assertEqual([f"cleaned up after the run of process {process.pid}, which was killed: "
                          "1 process, 1 directory"], notices, str(said))
        self.assertEqual(set(), of_run(process.pid))
        eventually("its end", lambda: escaped in reap_adopted() or escaped not in children())
        self.assertEqual([], [n for n in os.listdir(self.path("killed")) if n.startswith("scratch-")])
        # What the killed run had recorded stays, and the next one's documents say what it removed.
        self.assertTrue(os.path.exists(self.journal(self.path("killed"))))
        self.assertIn(notices[0], self.results(directory)["run"]["cleaned_up"])
        with open(os.path.join(directory, "report.md"), encoding="utf-8") as file:
            self.assertIn("before the run", file.read())
        again, _ = self.run_claims("my-lab.toml", "--trials", "3")
        self.assertEqual([], self.notices_about(again, process.pid), "once")

    def test_ARunThatLivesIsNotTouched(self):
        living, escaped = self.start_escaping("living")
        killed, other = self.start_escaping("killed")
        self.kill(killed)
        before = of_run(living.pid)
        self.assertIn(escaped, before)
        said, _ = self.run_claims("my-lab.toml", "--trials", "3")
        self.assertEqual([], self.notices_about(said, living.pid), str(said))
        self.assertNotEqual([], self.notices_about(said, killed.pid), str(said))
        self.assertLessEqual(before, of_run(living.pid))
        self.assertIsNone(living.poll())
        self.assertTrue([n for n in os.listdir(self.path("living")) if n.startswith("scratch-")])
        self.assertNotIn(other, of_run(killed.pid))
        self.kill(living)

    def test_ADryRunTouchesNothing(self):
        process, escaped = self.start_escaping("killed")
        self.kill(process)
        self.assertTrue(self.bulkhead("run", "my-lab.toml", "--dry-run").out)
        self.assertIn(escaped, of_run(process.pid))

    def test_CgroupsOfAKilledRunGoWithTheirProcesses(self):
        places = [h for h in hierarchies() if os.access(h, os.W_OK)]
        identity = dead_identity()
        made = None
        for hierarchy in places:
            path = os.path.join(hierarchy, f"bulkhead-{identity}-1")
            try:
                os.mkdir(path)
                made = path
                break
            except OSError:
                continue
        if made is None:
            self.skipTest("no cgroup hierarchy can be written")
        sleeper = subprocess.Popen(["sleep", "3600"])
        self.addCleanup(sleeper.kill)
        try:
            with open(os.path.join(made, "cgroup.procs"), "w", encoding="ascii") as file:
                file.write(str(sleeper.pid))
        except OSError as error:
            os.rmdir(made)
            self.skipTest(f"no process can be put there: {error}")
        process = self.start("run", "my-lab.toml", "--trials", "3", "-o", self.path("next"))
        self.assertEqual(-signal.SIGKILL, sleeper.wait(timeout=60))
        said = self.finish(process)
        self.assertEqual([f"cleaned up after the run of process {identity.split('-')[0]}, which was "
                          "killed: 1 process, 1 cgroup"],
                         self.notices_about(said, identity.split("-")[0]), str(said))
        self.assertFalse(os.path.exists(made))

    def test_ARunThatEndsLeavesNothingOfItsOwn(self):
        process = self.start("run", "my-lab.toml", "--trials", "3", "-o", self.path("run"))
        said = self.finish(process)
        self.assertIn(said.code, (0, 3), str(said))
        self.assertEqual(set(), of_run(process.pid))
        self.assertEqual([], cgroups_of(process.pid))
        self.assertEqual([], [n for n in os.listdir(self.path("run")) if n.startswith("scratch")])


if __name__ == "__main__":
    unittest.main()
