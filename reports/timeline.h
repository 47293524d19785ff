// The observations of one trial as lines that a person can read: when, who, who says so, what.
//
// Runs in: anywhere.  Pure functions.
#ifndef BULKHEAD_REPORTS_TIMELINE_H_
#define BULKHEAD_REPORTS_TIMELINE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "harness/model/trial.h"
#include "reports/translator.h"

namespace bulkhead {

struct TimelineRow {
  std::string when;  // "+0.12 ms", relative to the arming; 0 is the trial's start if none was armed
  std::string unit;  // "victim", "bystander 1"
  // Whose word it is: "kernel"; "unit" (data to be weighed); "supervisor" (its own doing, or what
  // it has verified).
  std::string_view word_of;
  std::string what;  // harmless, one line
};

struct Timeline {
  std::vector<TimelineRow> rows;  // by time; equal times in the order of arrival
  std::size_t left_out = 0;       // rows beyond `most`
};

enum class Detail {
  kMain,  // the act, deaths, answers, readings: what decides a trial
  kAll,
};

Timeline TimelineOf(const Trial& trial, Detail detail, std::size_t most,
                    const Translator& tr = Translator());

// "trial 17: null-store/fork, treatment, seed 0x2a"
std::string TrialLine(const Trial& trial, const Translator& tr = Translator());

}  // namespace bulkhead

#endif  // BULKHEAD_REPORTS_TIMELINE_H_
