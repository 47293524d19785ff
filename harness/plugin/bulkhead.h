/* The contract between bulkhead and a scenario plugin: plain C, frozen at BH_ABI_VERSION.
 *
 * A plugin is a shared object that exports one `bh_scenario` under the name `bulkhead_scenario`.
 * It describes itself by that value alone and is loaded only inside processes that may die.
 *
 * A trial makes one victim (index 0) and some bystanders (1 ..).  Each is a unit: a thread or a
 * process, as the vehicle says.  The callbacks, in order:
 *
 *   setup    once per loading process, before any unit exists.  What it allocates lies at the same
 *            address in all units that are forked from here (and is made anew in exec'ed ones).
 *   prepare  in every unit, before it reports ready.
 *   act      the fault, or what the probe does.  In the victim only, or in every unit at once with
 *            BH_EVERYONE_ACTS.  Do preparations in `prepare`, so that `act` is the fault alone.
 *   watch    in every unit that is still there, when it is challenged after the act: bystanders
 *            first, at the same time, the victim last.  Reports readings; passes no judgement.
 *   hit      positive control of a probe: make your own next `watch` show `foreign`, as if the
 *            victim had reached you.  Faults need none: the harness itself hits a bystander.
 *
 * A harness trial has at most 63 units; probes may have fewer cells and say so by failing
 * `prepare`. Every callback may be NULL.  Runs in: zygote (setup) and unit (the others).  Nothing
 * here may be called from a signal handler.  Strings and arrays stay owned by the plugin and must
 * live as long as it is loaded. */
#ifndef BULKHEAD_H_
#define BULKHEAD_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BH_ABI_VERSION 1u

enum {
  BH_MOST_TAGS = 12,
  BH_MOST_ENDS = 6,
  BH_MOST_NEEDS = 4,
  BH_NAME_BYTES = 48,    /* names and tags, with the final NUL: kebab-case ASCII */
  BH_SUMMARY_BYTES = 200 /* summary, with the final NUL: UTF-8 */
};

enum bh_kind {
  BH_FAULT = 1,  /* something is done to the victim; who survives? */
  BH_PROBE = 2,  /* units do something harmless and report what they see */
  BH_MEASURE = 3 /* the victim measures and reports samples */
};

/* How the victim may end, or be found, when the act has certainly taken effect. */
enum bh_end_kind {
  BH_END_NONE = 0,     /* ends the list */
  BH_END_SIGNAL = 1,   /* its process ends by this signal; value: signal number */
  BH_END_EXIT = 2,     /* its process exits; value: exit code */
  BH_END_THREAD = 3,   /* its thread is gone and the process lives on */
  BH_END_RETURN = 4,   /* act returns: the damage is done silently, or the probe has acted */
  BH_END_SPINNING = 5, /* it never returns and burns CPU time */
  BH_END_BLOCKED = 6,  /* it never returns and sleeps in a system call */
  BH_END_STOPPED = 7   /* it never returns: its process has been stopped (SIGSTOP and kin) */
};

typedef struct bh_end {
  uint32_t kind; /* enum bh_end_kind */
  int32_t value;
} bh_end;

enum bh_danger {
  BH_CONTAINED = 0, /* cannot leave the trial's own processes */
  BH_HEAVY = 1,     /* presses on the machine, under limits; needs --allow heavy */
  BH_HAZARD = 2     /* may harm strangers unless the vehicle prevents it; needs --allow hazard */
};

enum bh_flags {
  BH_EVERYONE_ACTS =
      1u << 0, /* all units act at once; in the no-fault control one after the other */
  BH_SHARED_MAPPING =
      1u << 1,           /* units share memory by MAP_SHARED on purpose, whatever the vehicle */
  BH_EXCLUSIVE = 1u << 2 /* a measurement: no other trial may run beside it */
};

typedef struct bh_unit bh_unit;

/* What a unit may ask of the harness.  `size` is the byte size of the table that the harness has:
 * a later version only appends. */
typedef struct bh_api {
  uint32_t size;
  /* A value that this unit observed, e.g. "global".  At most 16 readings per watch; names as above.
   */
  void (*reading)(bh_unit*, const char* name, uint64_t value);
  /* The thing that should have been read is not there any more (EBADF, unset ...). */
  void (*gone)(bh_unit*, const char* name);
  /* A stretch of memory that belongs to this unit alone if the claim is true: [low, low + bytes).
   */
  void (*region)(bh_unit*, const char* name, const void* low, size_t bytes);
  /* Measured values in the order taken, nanoseconds unless the summary says otherwise. */
  void (*samples)(bh_unit*, const char* name, const uint64_t* values, size_t count);
  /* In setup only: unit `owner`'s canary shall also cover [bytes at] `memory`. */
  void (*guard)(bh_unit*, uint32_t owner, void* memory, size_t bytes);
  /* Where unit `index` can be reached from here by IP: an IPv4 address in network byte order.  In a
   * vehicle of hosts (netns) each unit has its own; elsewhere it is 127.0.0.1 for all. */
  uint32_t (*address)(bh_unit*, uint32_t index);
} bh_api;

/* The calling unit.  Read-only for the plugin. */
struct bh_unit {
  const bh_api* api;
  uint32_t index;   /* 0: victim */
  uint32_t count;   /* of all units of the trial; 0 during setup */
  uint64_t token;   /* this unit's own value in this trial, never 0; 0 during setup */
  uint64_t seed;    /* for choices of this unit's own */
  uint64_t* target; /* in act: a word inside the first bystander's canary, as an address there */
  uint32_t control; /* 1 in a no-fault control of a BH_EVERYONE_ACTS scenario: units act in turn */
};

typedef struct bh_scenario {
  uint32_t abi_version; /* BH_ABI_VERSION */
  uint32_t size;        /* sizeof(bh_scenario) */
  const char* name;     /* kebab-case, unique */
  const char* summary;  /* one sentence */
  const char* tags[BH_MOST_TAGS];
  uint32_t kind;             /* enum bh_kind */
  uint32_t danger;           /* enum bh_danger */
  uint32_t flags;            /* enum bh_flags */
  bh_end ends[BH_MOST_ENDS]; /* any of them means: it fired */
  /* Capabilities, e.g. "CAP_SYS_ADMIN"; or what only some vehicles give: "hosts" (each unit has an
   * IP address of its own: netns), "memory-limit", "task-limit" (of each unit: cgroup), "family"
   * (bystander 2 is the victim's parent and bystander 1 its child). */
  const char* needs[BH_MOST_NEEDS];
  void (*setup)(bh_unit*);
  void (*prepare)(bh_unit*);
  void (*act)(bh_unit*);
  void (*watch)(bh_unit*);
  void (*hit)(bh_unit*, uint64_t foreign);
} bh_scenario;

/* Declared extern first: a bare `extern "C" const` definition has internal linkage in C++. */
extern __attribute__((visibility("default"))) const bh_scenario bulkhead_scenario;

#ifdef __cplusplus
}
#endif

#endif /* BULKHEAD_H_ */
