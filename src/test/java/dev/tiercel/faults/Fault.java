package dev.tiercel.faults;

/**
 * Which calls of the operating system are to fail: of one kind, on certain files.
 *
 * @param operation the kind of call
 * @param files how their paths end, or with a slash first, what stands in them
 * @param before how many such calls go well first
 * @param times how many fail then
 * @param error what they fail with
 * @param extent how much of a failing call is carried out all the same
 */
public record Fault(
    Operation operation, String files, int before, int times, Errno error, Extent extent) {
  /** For {@code times}: until it is disarmed. */
  public static final int FOR_GOOD = Integer.MAX_VALUE;

  public static final String LOG = ".db-wal";
  public static final String DATABASE = ".db";

  /** In the order of {@code faults.c}. */
  public enum Operation {
    NONE,
    WRITE,
    SYNC,
    TRUNCATE,
    OPEN,
    READ,
    RENAME,
    UNLINK,
    MAP
  }

  /** In the order of {@code faults.c}. */
  public enum Extent {
    UNDONE,
    HALF_DONE,
    DONE
  }

  /** Linux's numbers. */
  public enum Errno {
    /** No error: the call does half of what it was asked, and says so. */
    SHORT(0),
    EPERM(1),
    EIO(5),
    ENOMEM(12),
    EACCES(13),
    EMFILE(24),
    ENOSPC(28),
    EDQUOT(122);

    final int number;

    Errno(int number) {
      this.number = number;
    }
  }

  public static Fault of(Operation operation, String files, Errno error) {
    return new Fault(operation, files, 0, 1, error, Extent.UNDONE);
  }

  public Fault after(int calls) {
    return new Fault(operation, files, calls, times, error, extent);
  }

  public Fault forGood() {
    return new Fault(operation, files, before, FOR_GOOD, error, extent);
  }

  public Fault carriedOut(Extent much) {
    return new Fault(operation, files, before, times, error, much);
  }

  /** One word, for {@link #parse}. */
  public String text() {
    return String.join(
        ",", operation.name(), files, "" + before, "" + times, error.name(), extent.name());
  }

  public static Fault parse(String text) {
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
