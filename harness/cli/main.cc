#include "harness/cli/application.h"

int main(int argc, char** argv) {
  return bulkhead::RunApplication({argv + 1, argv + argc}, stdout, stderr);
}
