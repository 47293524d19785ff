// What is left of runs whose supervisor was killed, and how the next run removes it.
//
// Units and zygotes end with their supervisor (PDEATHSIG).  What may stay: processes that got rid
// of that signal, cgroups, scratch directories, names of shared memory.  So everything that a run
// makes carries the identity of its supervisor (harness/os/identity.h):
//   processes     BULKHEAD_RUN=<identity>@<PID namespace> in the environment, which all descendants
//                 inherit unless they execute a program with another one
//   cgroups       a directory named bulkhead-<identity> with whatever follows that
//   directories   scratch-<identity>, locked (scratch.h)
// Names in /dev/shm and /dev/mqueue that scenarios make and take back at once have the number of
// their maker: bulkhead-...<pid>.  System V objects have no name: they are reported and left.
//
// Nothing of a supervisor that lives is touched, nor anything that does not say whose it is, nor
// processes of other users.  Processes are ended by pidfd, after a second look through it.
//
// Runs in: supervisor, before a run makes anything and while it has no thread.
#ifndef BULKHEAD_SUPERVISOR_REMAINS_H_
#define BULKHEAD_SUPERVISOR_REMAINS_H_

#include <string>
#include <vector>

namespace bulkhead {

inline constexpr char kRunVariable[] = "BULKHEAD_RUN";

// Puts the variable into our environment, for all that we start from now on.
void MarkDescendants();

// Where to look; tests look elsewhere.
struct RemainsPlaces {
  std::string runs;  // the directory in which run directories lie
  std::string variable = kRunVariable;
  std::vector<std::string> cgroups;
  std::vector<std::string> names;
};
RemainsPlaces UsualPlaces(const std::string& runs);

// Removes them and says so, a sentence for each run: "cleaned up after the run of process 4711,
// which was killed: 2 processes, 1 cgroup, 1 directory".  Empty when there was nothing.
std::vector<std::string> RemoveRemains(const RemainsPlaces& places);

}  // namespace bulkhead

#endif  // BULKHEAD_SUPERVISOR_REMAINS_H_
