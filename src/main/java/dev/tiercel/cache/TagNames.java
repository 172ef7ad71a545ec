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

  /** By the lower half of its hash: of the tags in use there is hardly a second one. */
  static String of(int half) {
    Tag tag = recent.getAcquire(half & (PLACES - 1));
    return tag != null && TagHash.half(tag.hash()) == half
        ? tag.toString()
        : "a prefix, a kind or a tag that is no longer known by name";
  }
}
