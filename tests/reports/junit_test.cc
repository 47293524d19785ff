#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <pugixml.hpp>
#include <set>

#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Junit : public ::testing::Test {
 protected:
  pugi::xml_node Root(const RunReport& report, const WriteOptions& options = {}) {
    text_ = WriteJunit(report, options).text;
    EXPECT_TRUE(document_.load_string(text_.c_str()));
    return document_.child("testsuites");
  }
  pugi::xml_node Case(const RunReport& report, const char* group, const char* name) {
    return Root(report)
        .find_child_by_attribute("testsuite", "name", group)
        .find_child_by_attribute("testcase", "name", name);
  }

  std::string text_;
  pugi::xml_document document_;
};

TEST_F(Junit, AnUnexpectedVerdictIsAFailure) {
  const pugi::xml_node one = Case(sample::Sample(), "memory", "process-private");
  const pugi::xml_node failure = one.child("failure");
  EXPECT_STREQ(failure.attribute("type").value(), "unexpected-verdict");
  EXPECT_THAT(failure.attribute("message").value(), HasSubstr("refuted: Refuted in trial 17"));
  // GitLab reads the content, Jenkins the message.
  EXPECT_THAT(failure.text().get(), HasSubstr("refuted: Refuted in trial 17"));
  EXPECT_THAT(failure.text().get(), HasSubstr("bulkhead explain memory.process-private"));
}

TEST_F(Junit, InconclusiveAndBrokenAreErrors) {
  RunReport report = sample::Sample();
  report.verdicts[3].as_expected.reset();  // as the judge leaves it
  EXPECT_TRUE(Case(report, "crash", "hang-contained").child("error"));
  EXPECT_TRUE(Case(sample::Sample(), "resource", "process-own-descriptors").child("error"));
}

TEST_F(Junit, AMissingCapabilityIsSkipped) {
  EXPECT_THAT(Case(sample::Sample(), "crash", "namespace-contained")
                  .child("skipped")
                  .attribute("message")
                  .value(),
              HasSubstr("PID namespaces are refused"));
}

TEST_F(Junit, AnExpectedVerdictIsAPlainTestcaseThatSaysWhich) {
  const pugi::xml_node one = Case(sample::Sample(), "crash", "process-contained");
  EXPECT_FALSE(one.child("failure") || one.child("error") || one.child("skipped"));
  EXPECT_THAT(one.child("system-out").text().get(), HasSubstr("supported: No counterexample"));
}

TEST_F(Junit, TheTotalsAreThoseOfTheTestcases) {
  for (const bool cells : {false, true}) {
    const pugi::xml_node root = Root(sample::Sample(), {.junit_cells = cells});
    std::map<std::string, unsigned> all;
    std::set<std::string> names;
    for (const pugi::xml_node suite : root.children("testsuite")) {
      std::map<std::string, unsigned> own;
      for (const pugi::xml_node one : suite.children("testcase")) {
        ++own["tests"];
        own["failures"] += static_cast<bool>(one.child("failure"));
        own["errors"] += static_cast<bool>(one.child("error"));
        own["skipped"] += static_cast<bool>(one.child("skipped"));
        const std::string name =
            std::string(one.attribute("classname").value()) + "." + one.attribute("name").value();
        EXPECT_TRUE(names.insert(name).second) << name << ": GitLab ignores the second";
      }
      for (const auto& [what, count] : own) {
        EXPECT_EQ(suite.attribute(what.c_str()).as_uint(), count) << what;
        all[what] += count;
      }
    }
    for (const auto& [what, count] : all) {
      EXPECT_EQ(root.attribute(what.c_str()).as_uint(), count) << what;
    }
  }
}

TEST_F(Junit, WithCellsEachIsATestcase) {
  const pugi::xml_node suite = Root(sample::Sample(), {.junit_cells = true})
                                   .find_child_by_attribute("testsuite", "name", "crash");
  const pugi::xml_node cell = suite.find_child_by_attribute("testcase", "name", "null-store/fork");
  EXPECT_STREQ(cell.attribute("classname").value(), "crash.process-contained");
}

TEST_F(Junit, HostsAndPeopleAreNotNamedUnlessAskedFor) {
  RunReport report = sample::Sample();
  report.plan.claims[0].file = "/home/alice/my-lab.toml";
  Root(report);
  EXPECT_THAT(text_, Not(HasSubstr("alice")));
  EXPECT_THAT(text_, Not(HasSubstr("buildhost7")));
  EXPECT_THAT(text_, HasSubstr("6.1.0-44-amd64"));
  Root(report, {.names = true});
  EXPECT_THAT(text_, HasSubstr("/home/alice/my-lab.toml"));
}

TEST_F(Junit, CharactersThatXmlForbidsAreReplaced) {
  RunReport report = sample::Sample();
  report.verdicts[0].sentence = "a\x01\xef\xbf\xbe\xef\xbf\xbf\xed\xa0\x80z\x1b";
  Root(report);
  EXPECT_THAT(text_, Not(HasSubstr("&#")));
  EXPECT_THAT(text_, Not(HasSubstr("\xef\xbf\xbe")));
  EXPECT_THAT(text_, Not(HasSubstr("\xef\xbf\xbf")));
  EXPECT_THAT(text_, Not(HasSubstr("\xed\xa0\x80")));
}

}  // namespace
}  // namespace bulkhead
