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
 * rule off: the checker must then find a stale read. README.md says which searches `npm test` carries out, and what others found.
 */
#define WRITES 2
/* With -DDIRECTORY members list what they hold, and a leader asks only those who may hold the tag (R14, R15, R16). */
/* With -DOWN the writers are in the first member's process, which nobody asks of their pins: it holds them itself (R17). */
/* With -DDIRECT members confirm to the writer as well, which waits for those whom the leader named, and for no leader (R18). */
#ifndef CHANGES
#define CHANGES 2
#endif
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

#ifdef NO_R17
#define R17 false
#else
#define R17 true
#endif

#ifdef NO_R18
#define R18 false
#else
#define R18 true
#endif

/* Nothing is kept that isn't listed; nothing of a load during which an unheard pin was open; the list of a new leader; the order. */
#ifdef NO_R14
#define R14 false
#else
#define R14 true
#endif
#ifdef NO_R14b
#define R14b false
#else
#define R14b true
#endif
#ifdef NO_R15
#define R15 false
#else
#define R15 true
#endif
#ifdef NO_R16
#define R16 false
#else
#define R16 true
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

#ifdef DIRECTORY
#define none 0
#define add 1
#define whole 2
#define withdraw 3

/* What a member told a leader; its number is its change. */
typedef Listing {
  byte kind;
  byte to;          /* the leader's token */
  byte incarnation;
  byte since;       /* the leader's position when the load began that asks */
  bool holds;       /* in a whole list: whether the tag is in it */
}

typedef Answer {
  byte incarnation; /* 0: not answered */
  bool ready;
  bool touched;
  byte pins;
}
#endif

typedef Member {
#ifdef DIRECTORY
  bool listed;     /* every pin comes here, so an answer may be kept */
  byte asks;       /* the change that waits for an answer */
  byte change;
  byte knownBy;    /* the leader that has said that it knows the list */
  byte heardOf;    /* a leader, and how far it had come */
  byte heard;
  byte loadHeardOf;
  byte loadHeard;
  Listing listings[CHANGES];
#endif
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
#ifdef DIRECT
  byte named;              /* whom it waited for when it asked */
#endif
  byte asks[MEMBERS];      /* whose confirmation: incarnations */
  bool pinned;             /* sent to all members, or to those who are told */
  byte told;               /* a bit for each member */
  bool grant;              /* sent to the writer */
  byte confirmed[MEMBERS]; /* sent by members: a bit for each incarnation */
}

typedef Leader {
#ifdef DIRECTORY
  byte position;           /* pins and ends that it has seen */
  byte noted[WRITES];      /* the last of them of each write */
  bool knows[MEMBERS];     /* the whole list */
  bool names[MEMBERS];     /* the tag is in it */
  byte lastChange[MEMBERS];
  Answer answers[CHANGES]; /* to the first member; scopes with a directory have one */
#endif
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

#ifdef DIRECTORY
/* Whom a leader asks: who has listed the tag, and whose list it doesn't know (R15). */
#define isConcerned(l, m) (leaders[l].names[m] || (R15 && !leaders[l].knows[m]))
#define isTold(l, w, m) (leaders[l].pins[w].told & (1 << m))
#define mayKeep(m) (!R14 || members[m].listed)
#define isSettled(l) (l == 0 || !R8 || !(isOld(0) || isOld(1)))
#define positionOf(l) (isSettled(l) -> leaders[l].position + 1 : 0)
#define wasOpenSince(l, w, since) (isOpen(l, w) || leaders[l].noted[w] + 1 > since)
#else
#define isConcerned(l, m) true
#define isTold(l, w, m) true
#define mayKeep(m) true
#endif

inline note(l, w) {
#ifdef DIRECTORY
  leaders[l].position++;
  leaders[l].noted[w] = leaders[l].position
#else
  skip
#endif
}

inline forgetList(l, m) {
#ifdef DIRECTORY
  leaders[l].knows[m] = false;
  leaders[l].names[m] = false;
  leaders[l].lastChange[m] = 0
#else
  skip
#endif
}

inline beginList(m) {
#ifdef DIRECTORY
  members[m].listed = false;
  members[m].asks = 0;
  members[m].knownBy = 0;
  members[m].heardOf = 0;
  members[m].heard = 0
#else
  skip
#endif
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

inline holdOwn(w) {
#ifdef OWN
  if
  :: R17 -> members[0].pins = members[0].pins | (1 << w); members[0].entry = NONE; revoke(0)
  :: else
  fi
#else
  skip
#endif
}

#ifdef OWN
#define isAsked(m) (m != 0)
#else
#define isAsked(m) true
#endif

#ifdef DIRECT
#define name(l, w, m) leaders[l].pins[w].named = leaders[l].pins[w].named | (1 << m)
#define hasConfirmed(l, w, m) \
  (!(leaders[l].pins[w].named & (1 << m)) || (leaders[l].pins[w].confirmed[m] & (1 << leaders[l].pins[w].asks[m])))
#define isConfirmed(l, w) (leaders[l].pins[w].named > 0 && (!R18 || (hasConfirmed(l, w, 0) && hasConfirmed(l, w, 1))))
#else
#define name(l, w, m) skip
#endif

proctype Writer(byte w) {
  do
  :: atomic { writes[w].state == idle && !locked -> locked = true; writes[w].state = waits; holdOwn(w) }
  :: atomic { writes[w].state == waits && (leaders[0].pins[w].grant || leaders[1].pins[w].grant || !R1) -> writes[w].state = granted }
#ifdef DIRECT
  :: atomic { writes[w].state == waits && (isConfirmed(0, w) || isConfirmed(1, w)) -> writes[w].state = granted }
#endif
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
  :: leaders[l].counts[m] > 0 && isConcerned(l, m) && isAsked(m) -> \
     leaders[l].pins[w].waitingFor = leaders[l].pins[w].waitingFor | (1 << m); \
     leaders[l].pins[w].told = leaders[l].pins[w].told | (1 << m); \
     name(l, w, m) \
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
       leaders[l].pins[w].state = asked; leaders[l].pins[w].pinned = true; note(l, w); \
       askMember(l, w, 0); askMember(l, w, 1) } \
  :: atomic { leaders[l].lease && leaders[l].pins[w].state == asked && leaders[l].pins[w].waitingFor == 0 -> \
       leaders[l].pins[w].state = open } \
  :: atomic { leaders[l].pins[w].state == open && !leaders[l].pins[w].grant -> leaders[l].pins[w].grant = true } \
  :: atomic { isOpen(l, w) && (writes[w].ended || !R6 || !inTransaction(w)) -> \
       leaders[l].pins[w].state = closed; note(l, w) }

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
       leaders[l].counts[m] = 0; forgetList(l, m); \
       leaders[l].pins[0].waitingFor = leaders[l].pins[0].waitingFor & ~(1 << m); \
       leaders[l].pins[1].waitingFor = leaders[l].pins[1].waitingFor & ~(1 << m) } \
  :: atomic { leaders[l].lease && members[m].lease && leaders[l].admits[m] != members[m].incarnation && \
       (l == 0 || !R8 || !(isOld(0) || isOld(1))) -> \
       if \
       :: leaders[l].counts[m] != members[m].incarnation -> forgetList(l, m) \
       :: else \
       fi; \
       leaders[l].counts[m] = members[m].incarnation; \
       leaders[l].admits[m] = members[m].incarnation; \
       leaders[l].admitsPins[m] = 0; \
       handOver(l, 0, m); handOver(l, 1, m) } \
  :: atomic { leaders[l].admission[m] != leaders[l].admits[m] -> leaders[l].admission[m] = leaders[l].admits[m] }

#ifdef DIRECTORY
#define LISTING(c) members[0].listings[c]
#define ANSWER(l, c) leaders[l].answers[c]
/*
 * A leader takes what a member lists, again and again and in any order; a withdrawal, or a whole list, only if it has seen nothing later
 * (R16). It answers whether pins of the tag were open since the load began, and hands over those that are.
 */
#define TAKEN(l, c) \
  :: atomic { leaders[l].lease && LISTING(c).kind != none && LISTING(c).to == tokenOf(l) && LISTING(c).incarnation == leaders[l].counts[0] -> \
       if \
       :: LISTING(c).kind == add -> \
            leaders[l].names[0] = true; \
            ANSWER(l, c).incarnation = LISTING(c).incarnation; \
            ANSWER(l, c).ready = isSettled(l); \
            ANSWER(l, c).touched = (LISTING(c).since == 0 || wasOpenSince(l, 0, LISTING(c).since) || wasOpenSince(l, 1, LISTING(c).since)); \
            ANSWER(l, c).pins = (isOpen(l, 0) -> 1 : 0) | (isOpen(l, 1) -> 2 : 0); \
            leaders[l].pins[0].told = leaders[l].pins[0].told | (ANSWER(l, c).pins & 1); \
            leaders[l].pins[1].told = leaders[l].pins[1].told | ((ANSWER(l, c).pins & 2) >> 1) \
       :: LISTING(c).kind == whole && (!R16 || c + 1 > leaders[l].lastChange[0]) -> \
            leaders[l].knows[0] = true; leaders[l].names[0] = LISTING(c).holds \
       :: LISTING(c).kind == withdraw && (!R16 || c + 1 > leaders[l].lastChange[0]) -> \
            leaders[l].names[0] = false \
       :: else \
       fi; \
       if \
       :: c + 1 > leaders[l].lastChange[0] -> leaders[l].lastChange[0] = c + 1 \
       :: else \
       fi }

#define tell(m, what) \
  members[m].listings[members[m].change].kind = what; \
  members[m].listings[members[m].change].to = members[m].token; \
  members[m].listings[members[m].change].incarnation = members[m].incarnation; \
  members[m].listings[members[m].change].since = (members[m].loadHeardOf == members[m].token -> members[m].loadHeard : 0); \
  members[m].listings[members[m].change].holds = (members[m].listed || members[m].asks > 0); \
  members[m].change++

#define HEARD(m, l) \
  :: atomic { leaders[l].lease && members[m].incarnation > 0 && tokenOf(l) >= members[m].token && \
       (members[m].heardOf != tokenOf(l) || members[m].heard != positionOf(l)) -> \
       members[m].token = tokenOf(l); members[m].heardOf = tokenOf(l); members[m].heard = positionOf(l) }

#define ANSWERED(m, l, c) \
  :: atomic { members[m].asks == c + 1 && leaders[l].answers[c].incarnation > 0 && \
       leaders[l].answers[c].incarnation == members[m].incarnation && tokenOf(l) >= members[m].token -> \
       members[m].token = tokenOf(l); \
       members[m].asks = 0; \
       members[m].pins = members[m].pins | leaders[l].answers[c].pins; \
       if \
       :: leaders[l].answers[c].ready -> members[m].listed = true \
       :: else \
       fi; \
       if \
       :: R14b && (leaders[l].answers[c].touched || leaders[l].answers[c].pins > 0) -> members[m].permit = false \
       :: else \
       fi }

#define LISTS(m) \
  :: atomic { members[m].loading && members[m].admitted && !members[m].listed && members[m].asks == 0 && members[m].change < CHANGES -> \
       tell(m, add); members[m].asks = members[m].change } \
  :: atomic { members[m].admitted && members[m].token > 0 && members[m].knownBy != members[m].token && members[m].change < CHANGES -> \
       tell(m, whole); members[m].knownBy = members[m].token } \
  :: atomic { members[m].listed && members[m].entry == NONE && members[m].change < CHANGES -> \
       members[m].listed = false; tell(m, withdraw) } \
  :: atomic { members[m].asks > 0 -> members[m].asks = 0 }
#else
#define HEARD(m, l)
#define ANSWERED(m, l, c)
#define LISTS(m)
#define TAKEN(l, c)
#endif

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
  TAKEN(l, 0)
  TAKEN(l, 1)
#if CHANGES > 2
  TAKEN(l, 2)
  TAKEN(l, 3)
#endif
  od
}

/* A pin reaches a member: the entry goes, loads under way are not kept, and it confirms. A second delivery changes nothing. */
#define PINNED(m, l, w) \
  :: atomic { leaders[l].pins[w].pinned && isTold(l, w, m) && members[m].incarnation > 0 && tokenOf(l) >= members[m].token && \
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
       beginList(m);
       drop(m)
     }
  :: atomic { members[m].lease -> members[m].lease = false; members[m].admitted = false; drop(m) }
  HEARD(m, 0)
  HEARD(m, 1)
  ANSWERED(m, 0, 0)
  ANSWERED(m, 0, 1)
  ANSWERED(m, 1, 0)
  ANSWERED(m, 1, 1)
#if CHANGES > 2
  ANSWERED(m, 0, 2)
  ANSWERED(m, 0, 3)
  ANSWERED(m, 1, 2)
  ANSWERED(m, 1, 3)
#endif
  LISTS(m)
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
       members[m].loading = true; members[m].permit = true; members[m].loaded = NONE;
#ifdef DIRECTORY
       members[m].loadHeardOf = members[m].heardOf; members[m].loadHeard = members[m].heard
#endif
     }
  :: atomic { members[m].loading && members[m].loaded == NONE -> members[m].loaded = stored }
  :: atomic { members[m].loading && members[m].loaded != NONE ->
       if
       :: members[m].permit && members[m].lease && members[m].admitted && (!R2 || members[m].pins == 0) && mayKeep(m) -> members[m].entry = members[m].loaded
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
