package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.TierRecord;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.spi.serialization.Serializer;

/** Ehcache on disk; it knows no way to keep what is there but to close it. */
record EhcacheStore(PersistentCacheManager manager, Cache<String, byte[]> cache)
    implements ByteStore {
  private static final String NAME = "bytes";

  static ByteStore open(Path folder, long maxBytes) {
    PersistentCacheManager manager =
        CacheManagerBuilder.newCacheManagerBuilder()
            .with(CacheManagerBuilder.persistence(folder.toFile()))
            .withCache(
                NAME,
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                        String.class,
                        byte[].class,
                        ResourcePoolsBuilder.newResourcePoolsBuilder()
                            .disk(maxBytes, MemoryUnit.B, true))
                    .withValueSerializer(new AsIs()))
            .build(true);
    return new EhcacheStore(manager, manager.getCache(NAME, String.class, byte[].class));
  }

  private static final class AsIs implements Serializer<byte[]> {
    @Override
    public ByteBuffer serialize(byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }

    @Override
    public byte[] read(ByteBuffer from) {
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      return bytes;
    }

    @Override
    public boolean equals(byte[] bytes, ByteBuffer other) {
      return ByteBuffer.wrap(bytes).equals(other);
    }
  }

  @Override
  public byte[] get(String key) {
    return cache.get(key);
  }

  @Override
  public void put(List<TierRecord> records) {
    records.forEach(record -> cache.put(record.key(), record.bytes()));
  }

  @Override
  public void close() {
    manager.close();
  }
}
