#define MISBEHAVING_NAME "e2e-crashes"
#include "misbehaving.h"

static int* volatile nowhere;

static void misbehave(void) { *nowhere = 1; }
