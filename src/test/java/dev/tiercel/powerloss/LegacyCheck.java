package dev.tiercel.powerloss;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Insists that a database which is converted has its backup beside it, and that it is whole. */
final class LegacyCheck {
  private LegacyCheck() {}

  static Story.Finding check(Path folder, Image image, int before, Story story, List<String> why)
      throws SQLException {
    Path database = folder.resolve(Workload.DATABASE);
    boolean converted =
        image.files().containsKey(Workload.DATABASE)
            && Database.text(database, "PRAGMA user_version").equals("1");
    boolean kept = false;
    for (String name : image.files().keySet()) {
      if (name.startsWith(Workload.DATABASE + ".legacy-backup") && !name.contains(".part")) {
        Path backup = folder.resolve(name);
        boolean legacy = Database.text(backup, "PRAGMA user_version").equals("0");
        Rows rows = Database.read(backup);
        int made = story.said(LegacyTable.MADE, before);
        if (!legacy || story.judge(rows, made, made, why) != Story.Finding.SOUND) {
          why.add(name + " is not what was there before");
          return Story.Finding.CORRUPT;
        }
        kept = true;
      }
    }
    if (converted && !kept) {
      why.add("it is converted, and there is no backup");
      return Story.Finding.LOST;
    }
    return Story.Finding.SOUND;
  }
}
