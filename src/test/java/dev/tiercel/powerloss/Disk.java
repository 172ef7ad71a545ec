package dev.tiercel.powerloss;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk that carries out a record, and knows what of it is safe.
 *
 * <p>What a file holds is safe once the file is synced; until then each write may be there or not,
 * in any order, torn between sectors, or only as a size. What a folder names is safe once the
 * folder is synced; until then the changes of one folder are there up to one of them, as file
 * systems with a journal keep them. A sector that is written is old or new as a whole, and bytes
 * beside those that are written do not change, which SQLite calls a powersafe overwrite.
 */
final class Disk {
  private final boolean lies;
  private final Map<Long, DiskFile> byNumber = new HashMap<>();
  private final Map<String, DiskFile> names = new TreeMap<>();
  private final Map<String, DiskFile> safeNames = new TreeMap<>();
  private final Map<String, List<Operation>> pendingNames = new LinkedHashMap<>();
  private final Map<Integer, DiskFile> named = new HashMap<>();

  /** An empty disk. */
  static Disk honest() {
    return new Disk(false);
  }

  /** An empty disk that says of every sync that it was done, and does none. */
  static Disk lying() {
    return new Disk(true);
  }

  private Disk(boolean lies) {
    this.lies = lies;
  }

  /** Whether it does what it says. */
  boolean isHonest() {
    return !lies;
  }

  /** Puts files on it that are safe. */
  void begin(Image image) {
    image
        .files()
        .forEach(
            (name, bytes) -> {
              DiskFile file = DiskFile.of(bytes);
              names.put(name, file);
              safeNames.put(name, file);
            });
  }

  void apply(Operation done) {
    switch (done.kind()) {
      case NOTE -> {}
      case CREATE -> {
        DiskFile file = new DiskFile();
        byNumber.put(done.file(), file);
        names.put(done.name(), file);
        named.put(done.index(), file);
        pendNames(done, done.name());
      }
      case OPENED -> byNumber.put(done.file(), known(done.name()));
      case WRITE, SIZE -> byNumber.get(done.file()).add(done);
      case SYNC -> {
        if (!lies) {
          byNumber.get(done.file()).sync();
        }
      }
      case SYNC_FOLDER -> {
        if (!lies) {
          List<Operation> changes = pendingNames.remove(done.name());
          if (changes != null) {
            changes.forEach(change -> change(change, safeNames));
            changes.forEach(change -> named.remove(change.index()));
          }
        }
      }
      case LINK, RENAME -> {
        named.put(done.index(), names.get(done.name()));
        change(done, names);
        pendNames(done, done.text());
      }
      case UNLINK -> {
        names.remove(done.name());
        pendNames(done, done.name());
      }
      case MKDIR -> {} // A folder is there as soon as a file in it is.
      case ESCAPED ->
          throw new IllegalStateException(
              "the recorder does not know what " + done.name() + " did to " + done.text());
    }
  }

  /* No image says what lay in shared memory, and nothing that is written to it counts. */
  private DiskFile known(String name) {
    return Image.isLeftOut(name)
        ? names.computeIfAbsent(name, unknown -> new DiskFile())
        : names.get(name);
  }

  private void pendNames(Operation done, String name) {
    int slash = name.lastIndexOf('/');
    String folder = slash < 0 ? "." : name.substring(0, slash);
    pendingNames.computeIfAbsent(folder, key -> new ArrayList<>()).add(done);
  }

  private void change(Operation change, Map<String, DiskFile> in) {
    switch (change.kind()) {
      case CREATE -> in.put(change.name(), named.get(change.index()));
      case LINK -> in.put(change.text(), named.get(change.index()));
      case RENAME -> {
        in.remove(change.name());
        in.put(change.text(), named.get(change.index()));
      }
      case UNLINK -> in.remove(change.name());
      default -> throw new IllegalArgumentException(change.toString());
    }
  }

  /** What no sync has made safe, in the order in which it was done. */
  List<Operation> pending() {
    List<Operation> all = new ArrayList<>();
    pendingNames.values().forEach(all::addAll);
    Set<DiskFile> files = new HashSet<>();
    for (Map<String, DiskFile> each : List.of(names, safeNames)) {
      each.forEach(
          (name, file) -> {
            if (!Image.isLeftOut(name) && files.add(file)) {
              all.addAll(file.pending());
            }
          });
    }
    all.sort(Comparator.comparing(Operation::index));
    return all;
  }

  /** What it holds while the power is on. */
  Image now() {
    return image(names, Crash.Style.ALL.draw(List.of(), new Random(0)));
  }

  /** What a crash leaves of it. */
  Image after(Crash crash) {
    Map<String, DiskFile> left = new TreeMap<>(safeNames);
    pendingNames.forEach(
        (folder, changes) ->
            changes.subList(0, crash.leavesNames(changes)).forEach(change -> change(change, left)));
    return image(left, crash);
  }

  private static Image image(Map<String, DiskFile> names, Crash crash) {
    Map<String, byte[]> files = new TreeMap<>();
    Map<DiskFile, byte[]> known = new HashMap<>(); // A file with two names is torn but once.
    names.forEach(
        (name, file) -> {
          if (!Image.isLeftOut(name)) {
            files.put(name, known.computeIfAbsent(file, each -> each.after(crash)));
          }
        });
    return new Image(files);
  }
}
