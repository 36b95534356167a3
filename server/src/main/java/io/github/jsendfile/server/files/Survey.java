package io.github.jsendfile.server.files;

/// What is stored below the root of a [FileTree].
///
/// @param bytes of all files, unfinished ones too
/// @param unfinishedDeleted how many unfinished files were deleted
public record Survey(long bytes, long unfinishedDeleted) {}
