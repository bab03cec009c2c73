/*
 * The coherence protocol of near caches as a model for SPIN; ARCHITECTURE.md, "Guarantees", says what it is for, and the
 * names of the rules are those of the protocol's description. One tag, two writes of it, two members with caches, two leaders.
 *
 * The network: a message that was sent stays in a set, so it may come never, late, twice and in any order. Processes stop
 * between any two steps, also between a decision and the message that tells of it. Time is not counted: what the rules
 * derive from durations is written as the guard that the duration gives ("a leader counts a member out only when the
 * member's own lease is over"), and switching a rule off removes the guard.
 *
 * Checked: no cache serves a version older than one that somebody has seen. Compile with -DNO_R1 (R2, R4, ...) to switch a
 * rule off: the checker must then find a stale read. `npm run model` does all of it.
 */
#define WRITES 2
#define MEMBERS 2
#define LEADERS 2
/* How many of each take part: fewer make a state space that can be searched whole. */
#ifndef WRITERS
#define WRITERS 2
#endif
#ifndef CACHES
#define CACHES 2
#endif
#ifndef CANDIDATES
#define CANDIDATES 2
#endif
#ifndef INCARNATIONS
#define INCARNATIONS 2
#endif
#define NONE 255

#ifdef NO_R1
#define R1 false
#else
#define R1 true
#endif
#ifdef NO_R2
#define R2 false
#else
#define R2 true
#endif
#ifdef NO_R4
#define R4 false
#else
#define R4 true
#endif
#ifdef NO_R6
#define R6 false
#else
#define R6 true
#endif
#ifdef NO_R7
#define R7 false
#else
#define R7 true
#endif
#ifdef NO_R8
#define R8 false
#else
#define R8 true
#endif
#ifdef NO_R13
#define R13 false
#else
#define R13 true
#endif

#define idle 0
#define waits 1
#define granted 2
#define committed 3
#define over 4

#define unknown 0
#define asked 1
#define open 2
#define closed 3

/* The database: one row, its lock, and the newest version that anybody has seen. */
byte stored = 0;
byte seen = 0;
bool locked = false;

typedef Write {
  byte state;
  bool ended;          /* sent: the end of its pin */
  bool beforeElection; /* its transaction was under way when the second leader was elected */
}
Write writes[WRITES];

typedef Member {
  byte incarnation; /* 0: never registered */
  bool lease;
  bool admitted;
  byte token;      /* the newest leader that it has heard of */
  byte pins;       /* a bit for each write */
  byte entry;      /* the cached version, or NONE */
  bool loading;
  bool permit;
  byte loaded;     /* what the load under way has read, or NONE */
}
Member members[MEMBERS];

/* What a leader keeps of one write's pin. */
typedef Pin {
  byte state;
  byte waitingFor;         /* a bit for each member */
  byte asks[MEMBERS];      /* whose confirmation: incarnations */
  bool pinned;             /* sent to all members */
  bool grant;              /* sent to the writer */
  byte confirmed[MEMBERS]; /* sent by members: a bit for each incarnation */
}

typedef Leader {
  bool lease;
  bool elected;
  Pin pins[WRITES];
  byte counts[MEMBERS];      /* the incarnation that it waits for, 0: none */
  byte admits[MEMBERS];      /* decided: the incarnation that may use its cache */
  byte admitsPins[MEMBERS];  /* the pins that the admission carries */
  byte admission[MEMBERS];   /* sent */
}
Leader leaders[LEADERS];

#define inTransaction(w) (writes[w].state == waits || writes[w].state == granted)
#define tokenOf(l) (l + 1)
#define serves(m) (members[m].lease && members[m].admitted && members[m].pins == 0)

inline see(version) {
  if
  :: version > seen -> seen = version
  :: else
  fi
}

inline drop(m) {
  members[m].entry = NONE;
  members[m].permit = false
}

/* Loads that overlap a pin, or its end, keep nothing (R2). */
inline revoke(m) {
  if
  :: R2 -> members[m].permit = false
  :: else
  fi
}

proctype Writer(byte w) {
  do
  :: atomic { writes[w].state == idle && !locked -> locked = true; writes[w].state = waits }
  :: atomic { writes[w].state == waits && (leaders[0].pins[w].grant || leaders[1].pins[w].grant || !R1) -> writes[w].state = granted }
  :: atomic { writes[w].state == granted -> stored++; locked = false; writes[w].state = committed }
  :: atomic { writes[w].state == committed -> see(stored); writes[w].state = over }
  /* The deadline, the database's time limit, or the end of the process. */
  :: atomic { inTransaction(w) -> locked = false; writes[w].state = over }
  :: atomic { writes[w].state == over && !writes[w].ended -> writes[w].ended = true }
  od
}

#define isOld(w) (inTransaction(w) && writes[w].beforeElection)
#define isOpen(l, w) (leaders[l].pins[w].state == asked || leaders[l].pins[w].state == open)
#define askMember(l, w, m) \
  leaders[l].pins[w].asks[m] = leaders[l].counts[m]; \
  if \
  :: leaders[l].counts[m] > 0 -> leaders[l].pins[w].waitingFor = leaders[l].pins[w].waitingFor | (1 << m) \
  :: else \
  fi
#define handOver(l, w, m) \
  if \
  :: R7 && isOpen(l, w) -> leaders[l].admitsPins[m] = leaders[l].admitsPins[m] | (1 << w) \
  :: else \
  fi

/*
 * What a leader does about one write: takes its request and asks all that it counts; decides under its lease and tells then,
 * maybe when the lease is over; ends the pin at the writer's word, or after longer than any transaction (R6).
 */
#define PINS(l, w) \
  :: atomic { leaders[l].lease && writes[w].state >= waits && leaders[l].pins[w].state == unknown -> \
       leaders[l].pins[w].state = asked; leaders[l].pins[w].pinned = true; \
       askMember(l, w, 0); askMember(l, w, 1) } \
  :: atomic { leaders[l].lease && leaders[l].pins[w].state == asked && leaders[l].pins[w].waitingFor == 0 -> \
       leaders[l].pins[w].state = open } \
  :: atomic { leaders[l].pins[w].state == open && !leaders[l].pins[w].grant -> leaders[l].pins[w].grant = true } \
  :: atomic { isOpen(l, w) && (writes[w].ended || !R6 || !inTransaction(w)) -> leaders[l].pins[w].state = closed }

#define CONFIRMATIONS(l, w, m) \
  :: atomic { (leaders[l].pins[w].waitingFor & (1 << m)) && (leaders[l].pins[w].confirmed[m] & (1 << leaders[l].pins[w].asks[m])) -> \
       leaders[l].pins[w].waitingFor = leaders[l].pins[w].waitingFor & ~(1 << m) }

/*
 * What a leader does about one member: counts it out after a whole lease of silence (R4), so when the incarnation's own lease is
 * over; counts a joiner first and tells it then, a new leader only when the transactions of before its election are over (R8).
 */
#define MEMBERSHIP(l, m) \
  :: atomic { leaders[l].lease && leaders[l].counts[m] > 0 && \
       (!R4 || !members[m].lease || members[m].incarnation != leaders[l].counts[m]) -> \
       leaders[l].counts[m] = 0; \
       leaders[l].pins[0].waitingFor = leaders[l].pins[0].waitingFor & ~(1 << m); \
       leaders[l].pins[1].waitingFor = leaders[l].pins[1].waitingFor & ~(1 << m) } \
  :: atomic { leaders[l].lease && members[m].lease && leaders[l].admits[m] != members[m].incarnation && \
       (l == 0 || !R8 || !(isOld(0) || isOld(1))) -> \
       leaders[l].counts[m] = members[m].incarnation; \
       leaders[l].admits[m] = members[m].incarnation; \
       leaders[l].admitsPins[m] = 0; \
       handOver(l, 0, m); handOver(l, 1, m) } \
  :: atomic { leaders[l].admission[m] != leaders[l].admits[m] -> leaders[l].admission[m] = leaders[l].admits[m] }

proctype Leading(byte l) {
  do
  /* The election: everybody who is registered in the stream before it counts (R8). */
  :: atomic { !leaders[l].elected && (l == 0 || (leaders[0].elected && !leaders[0].lease)) ->
       leaders[l].elected = true;
       leaders[l].lease = true;
       leaders[l].counts[0] = members[0].incarnation;
       leaders[l].counts[1] = members[1].incarnation;
       if
       :: l > 0 -> writes[0].beforeElection = inTransaction(0); writes[1].beforeElection = inTransaction(1)
       :: else
       fi
     }
  :: atomic { leaders[l].lease -> leaders[l].lease = false }
  PINS(l, 0)
  PINS(l, 1)
  CONFIRMATIONS(l, 0, 0)
  CONFIRMATIONS(l, 0, 1)
  CONFIRMATIONS(l, 1, 0)
  CONFIRMATIONS(l, 1, 1)
  MEMBERSHIP(l, 0)
  MEMBERSHIP(l, 1)
  od
}

/* A pin reaches a member: the entry goes, loads under way are not kept, and it confirms. A second delivery changes nothing. */
#define PINNED(m, l, w) \
  :: atomic { leaders[l].pins[w].pinned && members[m].incarnation > 0 && tokenOf(l) >= members[m].token && \
       !(leaders[l].pins[w].confirmed[m] & (1 << members[m].incarnation)) -> \
       members[m].token = tokenOf(l); \
       members[m].pins = members[m].pins | (1 << w); \
       members[m].entry = NONE; \
       revoke(m); \
       leaders[l].pins[w].confirmed[m] = leaders[l].pins[w].confirmed[m] | (1 << members[m].incarnation) }

#define ADMITTED(m, l) \
  :: atomic { leaders[l].admission[m] > 0 && members[m].lease && !members[m].admitted && tokenOf(l) >= members[m].token && \
       (!R13 || leaders[l].admission[m] == members[m].incarnation) -> \
       members[m].token = tokenOf(l); \
       members[m].pins = members[m].pins | leaders[l].admitsPins[m]; \
       members[m].admitted = true }

#define UNPINNED(m, w) \
  :: atomic { (members[m].pins & (1 << w)) && (writes[w].ended || !R6 || !inTransaction(w)) -> \
       members[m].pins = members[m].pins & ~(1 << w); \
       revoke(m) }

proctype Caching(byte m) {
  do
  :: atomic { !members[m].lease && members[m].incarnation < INCARNATIONS ->
       members[m].incarnation++;
       members[m].lease = true;
       members[m].admitted = false;
       drop(m)
     }
  :: atomic { members[m].lease -> members[m].lease = false; members[m].admitted = false; drop(m) }
  PINNED(m, 0, 0)
  PINNED(m, 0, 1)
  PINNED(m, 1, 0)
  PINNED(m, 1, 1)
  ADMITTED(m, 0)
  ADMITTED(m, 1)
  UNPINNED(m, 0)
  UNPINNED(m, 1)
  /* Permit, read, keep: three moments. */
  :: atomic { !members[m].loading && members[m].entry == NONE && members[m].lease && members[m].admitted && (!R2 || members[m].pins == 0) ->
       members[m].loading = true; members[m].permit = true; members[m].loaded = NONE
     }
  :: atomic { members[m].loading && members[m].loaded == NONE -> members[m].loaded = stored }
  :: atomic { members[m].loading && members[m].loaded != NONE ->
       if
       :: members[m].permit && members[m].lease && members[m].admitted && (!R2 || members[m].pins == 0) -> members[m].entry = members[m].loaded
       :: else
       fi;
       see(members[m].loaded);
       members[m].loading = false;
       members[m].permit = false;
       members[m].loaded = NONE
     }
  :: atomic { serves(m) && members[m].entry != NONE -> assert(members[m].entry >= seen); see(members[m].entry) }
  od
}

/* Somebody without a cache. */
proctype Reader() {
  do
  :: atomic { seen < stored -> seen = stored }
  od
}

init {
  byte i;
  atomic {
    for (i : 0 .. MEMBERS - 1) { members[i].entry = NONE; members[i].loaded = NONE }
    for (i : 0 .. WRITERS - 1) { run Writer(i) }
    for (i : 0 .. CANDIDATES - 1) { run Leading(i) }
    for (i : 0 .. CACHES - 1) { run Caching(i) }
    run Reader()
  }
}
