// Calls a pure virtual function from the constructor of the abstract class, before there is a
// function to call.  The C++ runtime answers with abort().  The call is made in a function that is
// kept, so that the compiler cannot see which object it gets.
//
// The classes are not in an unnamed namespace.  There gcc knows all that derive from the abstract
// class, finds one with a function to call, and calls that.
//
// Runs in: unit.
#include <csignal>

#include "scenarios/common.h"

namespace bulkhead::scenarios {

class Shape;
void Measure(Shape* shape);

class Shape {
 public:
  Shape() { Measure(this); }
  virtual int Area() const = 0;
};

class Square : public Shape {
 public:
  int Area() const override { return 1; }
};

BH_KEEP void Measure(Shape* shape) { plugin::Opaque(shape->Area()); }

}  // namespace bulkhead::scenarios

namespace {

void Act(bh_unit*) {
  bulkhead::scenarios::Square square;
  bulkhead::plugin::Opaque(&square);
}

}  // namespace

const bh_scenario bulkhead_scenario = {
    .abi_version = BH_ABI_VERSION,
    .size = sizeof(bh_scenario),
    .name = "pure-virtual-call",
    .summary = "Calls a pure virtual function of an object under construction.",
    .tags = {"fatal", "failure", "ends-process", "execution"},
    .kind = BH_FAULT,
    .ends = {{BH_END_SIGNAL, SIGABRT}},
    .act = Act,
};
