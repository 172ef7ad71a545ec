package dev.tiercel.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** What a result depends on, or what a write changes: one {@link Tag} or several. */
public sealed interface Tags permits Tag, TagList {
  /**
   * Several tags.
   *
   * @param tags the tags; an empty array is allowed and stands for nothing
   * @return the tags together
   */
  static Tags of(Tag... tags) {
    return of(List.of(tags));
  }

  /**
   * Several tags.
   *
   * @param tags the tags; copied
   * @return the tags together
   */
  static Tags of(Collection<Tag> tags) {
    Objects.requireNonNull(tags, "tags must not be null");
    return new TagList(List.copyOf(tags));
  }

  /**
   * The tags one by one.
   *
   * @return the tags, immutable
   */
  List<Tag> list();

  /**
   * These tags and more.
   *
   * @param more the others
   * @return all of them
   */
  default Tags and(Tags more) {
    List<Tag> all = new ArrayList<>(list());
    all.addAll(more.list());
    return new TagList(List.copyOf(all));
  }
}
