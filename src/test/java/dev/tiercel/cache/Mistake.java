package dev.tiercel.cache;

/** What a {@link ModelCache} does wrong. Most of these are what caches in the field do. */
enum Mistake {
  /** Nothing. */
  NONE,

  /** A cache beside the data: get, else load and put; a write evicts the keys afterwards. */
  EVICT_AFTER_COMMIT(true, false),

  /** The same, but evicted first. */
  EVICT_BEFORE_COMMIT(true, false),

  /** A loading cache that is cleared after each write, which does not wait for loads under way. */
  INVALIDATE_ALL_BESIDE_LOAD(true, false),

  /** A loading cache whose keys are removed after a write, each of them behind its own load. */
  REMOVE_KEYS_BEHIND_LOAD(true, false),

  /** The stamp tells when a load ended, not when it began. */
  STAMP_AFTER_LOAD,

  /** A reader compares the sequence, then asks whether a write is under way. */
  SEQ_BEFORE_PENDING,

  /** A reader compares the version of a tag, then asks whether it is being written. */
  VERSION_BEFORE_PENDING,

  /** An entry that was found valid is stamped with what is the sequence by then. */
  LATE_STAMP_OF_THE_VALID,

  /** Who joins a flight takes what he is handed. */
  JOIN_OUTDATED_FLIGHT,

  /** Writes do not say that they are under way. */
  NO_PENDING(false, false),

  /** A write says that it is under way when it is over. */
  PENDING_AFTER_COMMIT,

  /** A write ends before it has raised the sequence. */
  CLEAR_BEFORE_SEQ,

  /** A write ends before it has raised the versions. */
  CLEAR_BEFORE_VERSIONS,

  /** The sequence is raised before the versions, and writes do not say that they are under way. */
  SEQ_BEFORE_VERSIONS(false, false),

  /** A version is set, so that a slow write sets it back. */
  SET_INSTEAD_OF_MAX,

  /** A write that failed is taken as one that did not happen. */
  FAILED_IS_NOT_WRITTEN,

  /** A ban does not say that it is under way, though the numbers of others overtake it. */
  UNMARKED_BAN,

  /** A ban is forgotten, then what it hits is swept. */
  BAN_DROPPED_BEFORE_SWEEP,

  /** What was loaded before a ban may come after its sweep. */
  FILL_AFTER_SWEEP,

  /** A reader asks how far was swept, then which bans are in force. */
  SWEPT_BEFORE_BANS;

  /** Whether entries have no stamps at all. */
  final boolean stampless;

  /** Whether writes say that they are under way. */
  final boolean marks;

  Mistake() {
    this(false, true);
  }

  Mistake(boolean stampless, boolean marks) {
    this.stampless = stampless;
    this.marks = marks;
  }
}
