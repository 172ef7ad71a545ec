package dev.tiercel.task;

import java.util.List;

/**
 * One page of a listing by its number, for people who want to jump to page 7.
 *
 * @param items the items in the order of the query; immutable
 * @param page the number of this page, from 1
 * @param perPage how many items a full page has
 * @param total how many items the whole listing has
 * @param <T> the type of the items
 */
public record NumberedPage<T>(List<T> items, int page, int perPage, long total) {

  /** Creates a page; the items are copied unless they are immutable already. */
  public NumberedPage {
    items = List.copyOf(items);
  }

  /**
   * How many pages the whole listing has.
   *
   * @return the number of pages, 0 for an empty listing
   */
  public long totalPages() {
    return (total + perPage - 1) / perPage;
  }
}
