package io.github.jsendfile.http.page;

/// What a page offers to do, besides showing.
///
/// @param upload whether files may be sent to it
/// @param makeFolder whether folders may be made in it, too
/// @param overwrite whether an upload may take the place of a file
/// @param delete whether files and folders may be deleted
/// @param archives whether a folder may be had as a whole
public record Abilities(
    boolean upload, boolean makeFolder, boolean overwrite, boolean delete, boolean archives) {
  /// Looking and taking home.
  public static final Abilities READ = new Abilities(false, false, false, false, true);
}
