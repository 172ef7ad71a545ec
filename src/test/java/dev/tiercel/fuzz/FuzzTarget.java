package dev.tiercel.fuzz;

import dev.tiercel.cache.CacheFuzz;
import dev.tiercel.query.TaskCodecFuzz;
import dev.tiercel.store.StoredTextFuzz;
import dev.tiercel.task.CursorFuzz;
import dev.tiercel.tier.SegmentFuzz;
import dev.tiercel.web.AddressFuzz;
import dev.tiercel.web.DateFuzz;
import dev.tiercel.web.HeaderFuzz;
import dev.tiercel.web.ListingFuzz;
import dev.tiercel.web.RulesFuzz;
import java.util.List;
import java.util.Locale;

/** What is fuzzed. Each throws when something other happens than is documented. */
@SuppressWarnings("ImmutableEnumChecker") // Functions that hold nothing.
enum FuzzTarget {
  CURSOR(CursorFuzz::any, 1_000),
  SEGMENT_SCAN(SegmentFuzz::scan, 2_000),
  SEGMENT_FOOTER(SegmentFuzz::footer, 1_000),
  GLOB(CacheFuzz::glob, 200),
  LOG_ROW(CacheFuzz::logRow, 500),
  STORED_ENTRY(CacheFuzz::storedEntry, 500),
  SMILE_CODEC(CacheFuzz::smile, 1_000),
  TASK_CODEC(TaskCodecFuzz::bytes, 2_000),
  TASK_ROUND_TRIP(TaskCodecFuzz::tasks, 2_000),
  PACKED_ROW(StoredTextFuzz::packedRow, 1_000),
  LEGACY_TIME(StoredTextFuzz::legacyTime, 100),
  CACHE_CONTROL(HeaderFuzz::cacheControl, 500),
  TARGETED_CONTROL(HeaderFuzz::targetedControl, 200),
  ENTITY_TAGS(HeaderFuzz::entityTags, 500),
  VARY(HeaderFuzz::vary, 500),
  BYTE_RANGE(HeaderFuzz::byteRange, 150),
  HTTP_DATE(DateFuzz::date, 80),
  FIELDS(HeaderFuzz::fields, 500),
  CACHE_RULES(RulesFuzz::terms, 1_000),
  REQUEST_KEYS(RulesFuzz::keys, 1_000),
  CLIENT_ADDRESS(AddressFuzz::client, 500),
  IP_ADDRESS(AddressFuzz::address, 80),
  QUERY_STRING(ListingFuzz::queryString, 500),
  LISTING_REQUEST(ListingFuzz::request, 1_000),
  JSON_TEXT(ListingFuzz::json, 1_000);

  /** Tries one input. */
  interface Body {
    void run(byte[] input) throws Exception;
  }

  private final Body body;
  private final int longest;

  FuzzTarget(Body body, int longest) {
    this.body = body;
    this.longest = longest;
  }

  void run(byte[] input) throws Exception {
    body.run(input);
  }

  /** How many bytes an input has at most. */
  int longest() {
    return longest;
  }

  /** What to begin with, and what was once found. */
  List<byte[]> inputs() {
    return FuzzInputs.of(name().toLowerCase(Locale.ROOT) + ".txt");
  }
}
