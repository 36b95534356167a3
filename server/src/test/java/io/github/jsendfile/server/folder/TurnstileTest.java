package io.github.jsendfile.server.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
class TurnstileTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path directory;

  @Test
  @Spec("HT-63")
  void whoCreatesAFileWaitsForOthersAndWhoReadsOneDoesNot() throws Exception {
    Path there = Files.createFile(directory.resolve("there")).getFileName();
    Path coming = Path.of("coming");
    List<Turnstile> others = new ArrayList<>();
    for (int i = 0; i < Turnstile.AT_ONCE; i++) {
      others.add(Turnstile.pass());
    }
    try (Folder folder = HeldFolder.hold(directory)) {
      Thread creator = Thread.startVirtualThread(() -> create(folder, coming));
      Eventually.holds(
          PATIENCE,
          () -> creator.getState() == Thread.State.WAITING,
          () -> "" + creator.getState());
      folder.open(there, Set.of(StandardOpenOption.READ)).close();
      assertThat(directory.resolve(coming)).doesNotExist();
      others.forEach(Turnstile::close);
      creator.join();
    }
    assertThat(directory.resolve(coming)).exists();
  }

  private static void create(Folder folder, Path name) {
    try {
      folder.open(name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
