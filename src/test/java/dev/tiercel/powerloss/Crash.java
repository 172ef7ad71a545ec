package dev.tiercel.powerloss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a power loss leaves of the operations that no sync has made safe: each of them may be there
 * or not, whatever became of those before it.
 */
interface Crash {
  /** The parts of a change of a file that are there. */
  List<Operation> leaves(Operation change);

  /** How many of some changes of a folder, in their order, are there. */
  int leavesNames(List<Operation> changes);

  /** In what way the operations were on their way to the disk. */
  enum Style {
    NONE {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        return new Prefix(-1, false, random);
      }
    },
    ALL {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        return new Prefix(Integer.MAX_VALUE, false, random);
      }
    },
    /** As they were done, up to one. */
    PREFIX {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        return new Prefix(one(pending, random), false, random);
      }
    },
    /** As they were done, up to one that is torn. */
    TORN {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        return new Prefix(one(pending, random), true, random);
      }
    },
    FEW {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        return new Some(0.1, 0.2, random);
      }
    },
    HALF {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        return new Some(0.5, 0.2, random);
      }
    },
    MOST {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        return new Some(0.9, 0.2, random);
      }
    },
    ALL_BUT_ONE {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        int lost = one(pending, random);
        return new Chosen(random) {
          @Override
          boolean keeps(Operation change) {
            return change.index() != lost;
          }
        };
      }
    },
    ONLY_ONE {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        int kept = one(pending, random);
        return new Chosen(random) {
          @Override
          boolean keeps(Operation change) {
            return change.index() == kept;
          }
        };
      }
    },
    /** All of one file, nothing of another. */
    BY_FILE {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        long salt = random.nextLong();
        return new Chosen(random) {
          @Override
          boolean keeps(Operation change) {
            return new Random(change.file() ^ salt).nextBoolean();
          }
        };
      }
    },
    /** The sizes, and zeros for what was written. */
    SIZES {
      @Override
      Crash draw(List<Operation> pending, Random random) {
        return new Some(1, 0, random) {
          @Override
          public List<Operation> leaves(Operation change) {
            return List.of(Pieces.size(change));
          }
        };
      }
    };

    /**
     * Draws a crash.
     *
     * @param pending what no sync has made safe, of all files
     */
    abstract Crash draw(List<Operation> pending, Random random);

    private static int one(List<Operation> pending, Random random) {
      return pending.isEmpty() ? -1 : pending.get(random.nextInt(pending.size())).index();
    }
  }

  /** All up to one. */
  record Prefix(int last, boolean torn, Random random) implements Crash {
    @Override
    public List<Operation> leaves(Operation change) {
      if (change.index() > last) {
        return List.of();
      }
      return torn && change.index() == last ? Pieces.torn(change, random) : List.of(change);
    }

    @Override
    public int leavesNames(List<Operation> changes) {
      return (int) changes.stream().filter(change -> change.index() <= last).count();
    }
  }

  /** Some, which are whole. */
  abstract class Chosen implements Crash {
    private final Random random;

    Chosen(Random random) {
      this.random = random;
    }

    abstract boolean keeps(Operation change);

    @Override
    public List<Operation> leaves(Operation change) {
      return keeps(change) ? List.of(change) : List.of();
    }

    @Override
    public int leavesNames(List<Operation> changes) {
      int most = changes.size();
      return random.nextBoolean() ? most : random.nextInt(most + 1);
    }
  }

  /** Each with a probability; some of those are torn, and some that are lost leave their size. */
  class Some extends Chosen {
    private final double kept;
    private final double torn;
    private final Random random;

    Some(double kept, double torn, Random random) {
      super(random);
      this.kept = kept;
      this.torn = torn;
      this.random = random;
    }

    @Override
    boolean keeps(Operation change) {
      return random.nextDouble() < kept;
    }

    @Override
    public List<Operation> leaves(Operation change) {
      boolean is = keeps(change);
      if (random.nextDouble() >= torn) {
        return is ? List.of(change) : List.of();
      }
      return is ? Pieces.torn(change, random) : List.of(Pieces.size(change));
    }
  }

  /** Parts of writes. */
  final class Pieces {
    private Pieces() {}

    /** Only what it makes of the size: the file system knows that before it has the bytes. */
    static Operation size(Operation change) {
      return change.kind() == Operation.Kind.SIZE
          ? change
          : new Operation(
              change.index(),
              Operation.Kind.WRITE,
              change.file(),
              change.name(),
              change.end(),
              new byte[0]);
    }

    /** Some of its sectors: the first, the last, or any. */
    static List<Operation> torn(Operation change, Random random) {
      if (change.kind() == Operation.Kind.SIZE) {
        return List.of(change);
      }
      List<Operation> sectors = sectors(change);
      int cut = random.nextInt(sectors.size() + 1);
      return switch (random.nextInt(4)) {
        case 0 -> sectors.subList(cut, sectors.size());
        case 1 -> sectors.stream().filter(sector -> random.nextBoolean()).toList();
        default -> sectors.subList(0, cut);
      };
    }

    private static List<Operation> sectors(Operation change) {
      List<Operation> sectors = new ArrayList<>();
      int at = 0;
      while (at < change.data().length) {
        long offset = change.offset() + at;
        int length =
            Math.min(DiskFile.SECTOR - (int) (offset % DiskFile.SECTOR), change.data().length - at);
        sectors.add(
            new Operation(
                change.index(),
                change.kind(),
                change.file(),
                change.name(),
                offset,
                Arrays.copyOfRange(change.data(), at, at + length)));
        at += length;
      }
      return sectors;
    }
  }
}
