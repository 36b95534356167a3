package io.github.jsendfile.http;

import io.github.jsendfile.http.files.OpenFileCache;
import io.github.jsendfile.http.message.HttpClock;
import io.github.jsendfile.http.plan.FilePlanner;
import io.github.jsendfile.http.plan.Preconditions;
import io.github.jsendfile.http.upload.Quotas;
import io.github.jsendfile.http.upload.Sweeper;
import io.github.jsendfile.http.upload.UploadRules;
import io.github.jsendfile.http.upload.UploadService;
import io.github.jsendfile.server.files.FileTree;

/// What a server that takes uploads runs besides.
///
/// @param service answers what writes
/// @param sweeper tidies up behind it
record Uploads(UploadService service, Sweeper sweeper) implements AutoCloseable {
  static Uploads start(
      UploadOptions options,
      FileTree files,
      OpenFileCache cache,
      FilePlanner planner,
      HttpClock clock) {
    Quotas quotas = new Quotas(files, options.quotaBytes(), options.quotaBytesOfUser());
    UploadRules rules =
        new UploadRules(options.existing(), options.mostBytes(), options.hostNames());
    return new Uploads(
        new UploadService(files, cache, rules, quotas, planner, new Preconditions(clock)),
        Sweeper.start(files, options.resumableFor(), quotas));
  }

  @Override
  public void close() {
    sweeper.close();
  }
}
