package dev.tiercel.cache;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** The names of tags that were used lately: the ledger knows hashes, people like names. */
final class TagNames {
  private static final int PLACES = 1 << 12;
  private static final AtomicReferenceArray<Tag> recent = new AtomicReferenceArray<>(PLACES);

  private TagNames() {}

  static void note(Tag tag) {
    int place = (int) tag.hash() & (PLACES - 1);
    Tag before = recent.getPlain(place);
    if (before == null || before.hash() != tag.hash()) {
      recent.setRelease(place, tag);
    }
  }

  static String of(long hash) {
    Tag tag = recent.getAcquire((int) hash & (PLACES - 1));
    return tag != null && tag.hash() == hash
        ? tag.toString()
        : "a prefix, a kind or a tag that is no longer known by name";
  }
}
