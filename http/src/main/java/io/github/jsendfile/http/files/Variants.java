package io.github.jsendfile.http.files;

import io.github.jsendfile.http.plan.ContentCoding;
import io.github.jsendfile.http.plan.Resource;
import io.github.jsendfile.server.path.FileFacts;
import java.util.Map;

/// A file and its coded neighbours, as they were when somebody looked.
///
/// @param resource what plans are made from
/// @param neighbours the facts about each neighbour that is there
record Variants(Resource resource, Map<ContentCoding, FileFacts> neighbours) {}
