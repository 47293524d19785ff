"""Without privileges claims are decided all the same; what is refused is named, beforehand and in the report."""

import unittest

from lab import Lab, claim


class Unprivileged(Lab):
    def setUp(self):
        super().setUp()
        self.write("my-lab.toml", claim(vehicles='["fork", "exec", "session", "pidns"]', target="0.05"))
        self.prefix = self.hand_to_nobody()
        doctor = self.bulkhead("doctor", prefix=self.prefix)
        lines = [line.split() for line in doctor.lines]
        self.doctor = doctor
        self.refused = any(line[:3] == ["problem", "vehicle", "pidns"] for line in lines)

    def test_ClaimsAreDecidedByTheVehiclesThatAreGranted(self):
        said, directory = self.run_claims("my-lab.toml", prefix=self.prefix)
        verdict, = self.results(directory)["verdicts"]
        self.assertEqual("supported", verdict["outcome"], str(said))
        states = {c["vehicle"]: c["state"] for c in verdict["cells"]}
        for vehicle in ("fork", "exec", "session"):
            self.assertEqual("holds", states[vehicle])
        self.assertEqual("not-applicable" if self.refused else "holds", states["pidns"])
        self.assertIn(said.code, (0, 3))
        self.assertEqual(0, said.accounting["broken"])

    def test_ARefusedNamespaceIsNotApplicableWithItsReason(self):
        if not self.refused:
            self.skipTest("nobody is granted PID namespaces here")
        said, directory = self.run_claims("my-lab.toml", "--vehicle", "pidns", prefix=self.prefix)
        self.assert_code(said, 5)
        verdict, = self.results(directory)["verdicts"]
        self.assertEqual("not-applicable", verdict["outcome"])
        reason = verdict["cells"][0]["reason"]
        self.assertIn("PID namespace", reason)
        self.assertIn("not permitted", reason)
        report = self.bulkhead("report", directory, "--verbose", prefix=self.prefix)
        self.assertIn(reason.split(";")[0], " ".join(report.out.split()))

    def test_DoctorSaysItBeforehandWithReasonAndConsequence(self):
        if not self.refused:
            self.skipTest("nobody is granted PID namespaces here")
        self.assert_code(self.doctor, 3)
        line, = [line for line in self.doctor.lines if "pidns" in line.split()]
        self.assertIn("refused", line)
        self.assertIn("not-applicable", line)
        vehicles = self.bulkhead("list", "vehicles", prefix=self.prefix)
        self.assertIn("no", next(line for line in vehicles.lines if line.startswith("pidns ")).split())

    def test_DoctorKnowsWhoAsks(self):
        self.assertIn("ordinary user", self.doctor.out)
        self.assertNotIn("ordinary user", self.bulkhead("doctor").out)


if __name__ == "__main__":
    unittest.main()
