package dev.tiercel.sqlite;

/**
 * Which calls of the operating system are to fail: of one kind, on files whose names end alike.
 *
 * @param operation the kind of call
 * @param suffix how the files' names end
 * @param before how many such calls go well first
 * @param times how many fail then
 * @param error what they fail with
 * @param extent how much of a failing call is carried out all the same
 */
record Fault(
    Operation operation, String suffix, int before, int times, Errno error, Extent extent) {
  /** For {@code times}: until it is disarmed. */
  static final int FOR_GOOD = Integer.MAX_VALUE;

  static final String LOG = ".db-wal";
  static final String DATABASE = ".db";

  /** In the order of {@code faults.c}. */
  enum Operation {
    NONE,
    WRITE,
    SYNC,
    TRUNCATE
  }

  /** In the order of {@code faults.c}. */
  enum Extent {
    UNDONE,
    HALF_DONE,
    DONE
  }

  /** Linux's numbers. */
  enum Errno {
    EIO(5),
    ENOSPC(28);

    final int number;

    Errno(int number) {
      this.number = number;
    }
  }

  static Fault of(Operation operation, String suffix, Errno error) {
    return new Fault(operation, suffix, 0, 1, error, Extent.UNDONE);
  }

  Fault after(int calls) {
    return new Fault(operation, suffix, calls, times, error, extent);
  }

  Fault forGood() {
    return new Fault(operation, suffix, before, FOR_GOOD, error, extent);
  }

  Fault carriedOut(Extent much) {
    return new Fault(operation, suffix, before, times, error, much);
  }

  /** One word, for {@link #parse}. */
  String text() {
    return String.join(
        ",", operation.name(), suffix, "" + before, "" + times, error.name(), extent.name());
  }

  static Fault parse(String text) {
    String[] words = text.split(",", -1);
    return new Fault(
        Operation.valueOf(words[0]),
        words[1],
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]),
        Errno.valueOf(words[4]),
        Extent.valueOf(words[5]));
  }
}
