/* Twin of TryCommitDevice: an A/B update with try and commit, and power cuts at every crash point.
   Between two boots only durable state exists; one trip through the loop is one boot, cut or not.
   Each crash point first lets power fail: then every pending write is kept or lost on its own.
   BLOCKS comes from the command line. */

unsigned current : 1;         /* environment cell 0: which slot is active */
unsigned trying : 1;          /* environment cell 1: the other slot is tried */
unsigned tries : 2;           /* environment cell 2: how often that may still be done */
int slot;                     /* slot B: bit i is block i, 0 old, 1 new */

#define WHOLE ((1 << BLOCKS) - 1)

/* While a boot runs; all zero between two boots. */
byte oldTries;         /* what a lost write of this cell leaves */
byte i;
byte block;
byte up;               /* 1 while power is on */
byte tried;
int pending;           /* blocks written and not flushed */
int oldSlot;
byte envTries;         /* 1: a write of the cell is pending */
byte envTrying;
byte envActive;
byte oldTrying;
byte oldActive;
byte envTriesTwice;    /* a second write of the cell is pending: between old and now */
byte midTries;
byte envTryingTwice;
byte midTrying;

inline keepOrLose() {
  if :: envTries == 1 && envTriesTwice == 0 -> if :: skip :: tries = oldTries fi
     :: envTries == 1 && envTriesTwice == 1 -> if :: skip :: tries = midTries :: tries = oldTries fi
     :: else fi;
  if :: envTrying == 1 && envTryingTwice == 0 -> if :: skip :: trying = oldTrying fi
     :: envTrying == 1 && envTryingTwice == 1 -> if :: skip :: trying = midTrying :: trying = oldTrying fi
     :: else fi;
  if :: envActive == 1 -> if :: skip :: current = oldActive fi :: else fi;
  i = 0;
  do :: i < BLOCKS -> if :: (pending & (1 << i)) -> if :: skip :: slot = (slot & ~(1 << i)) | (oldSlot & (1 << i)) fi
                         :: else fi; i++
     :: else -> break od;
  up = 0
}

/* An option must not begin with a selection that has an else: SPIN would join both selections. */
inline point() { if :: up -> if :: skip :: true -> keepOrLose() fi :: else fi }

inline flushEnvironment() {
  if :: up -> envTries = 0; envTrying = 0; envActive = 0; envTriesTwice = 0; envTryingTwice = 0 :: else fi
}

inline putTries(v) {
  if :: up && envTries == 0 -> oldTries = tries; envTries = 1; tries = v
     :: up && envTries == 1 -> midTries = tries; envTriesTwice = 1; tries = v
     :: else fi
}

inline putTrying(v) {
  if :: up && envTrying == 0 -> oldTrying = trying; envTrying = 1; trying = v
     :: up && envTrying == 1 -> midTrying = trying; envTryingTwice = 1; trying = v
     :: else fi
}

inline putActive(v) {
  if :: up -> oldActive = current; envActive = 1; current = v :: else fi
}

inline updateOther() {
  block = 0;
  do :: up && block < BLOCKS -> slot = slot | (1 << block); pending = pending | (1 << block); block++; point()
     :: else -> break od;
  block = 0;
  if :: up -> pending = 0 :: else fi;
  point();
  putTries(2); putTrying(1);
  point();
  flushEnvironment();
  point()
}

inline commit() {
  putActive(1); putTrying(0);
  point();
  flushEnvironment();
  point()
}

active proctype device() {
  do :: atomic {
    up = 1; tried = 0; pending = 0; oldSlot = slot;
    envTries = 0; envTrying = 0; envActive = 0; envTriesTwice = 0; envTryingTwice = 0;
    point();
    if :: up && trying == 1 && tries == 0 -> putTrying(0); point()
       :: up && trying == 1 && tries > 0 -> putTries(tries - 1); tried = 1; point()
       :: else fi;
    if :: up && tried == 0 && current == 0 -> updateOther()
       :: up && tried == 1 && slot == WHOLE -> commit()
       :: else fi;
    /* the end of a boot, by power cut, reset or rest: an orderly end keeps everything */
    up = 0; tried = 0; pending = 0; oldSlot = 0; i = 0; block = 0;
    oldTries = 0; oldTrying = 0; oldActive = 0; midTries = 0; midTrying = 0;
    envTries = 0; envTrying = 0; envActive = 0; envTriesTwice = 0; envTryingTwice = 0
  } od
}
