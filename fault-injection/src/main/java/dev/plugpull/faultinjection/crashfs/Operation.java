package dev.plugpull.faultinjection.crashfs;

/** What a program asked of the file system, as far as a power cut could take it. Paths are absolute, links resolved. */
sealed interface Operation {

  /** The operation in words, for the story. */
  String words();

  record MakeDirectory(String path) implements Operation {
    @Override
    public String words() {
      return "create directory " + path;
    }
  }

  record Create(String path) implements Operation {
    @Override
    public String words() {
      return "create " + path;
    }
  }

  /** Bytes written at an offset; behind the end they append, and a gap reads as zeros. */
  record Write(String path, long offset, byte[] bytes) implements Operation {
    @Override
    public String words() {
      return "write " + bytes.length + " bytes to " + path + " at " + offset;
    }
  }

  /** The file gets shorter. */
  record Truncate(String path, long size) implements Operation {
    @Override
    public String words() {
      return "truncate " + path + " to " + size + " bytes";
    }
  }

  /** A writable channel was closed: durable nowhere, but ext4 takes note after a truncation. */
  record Close(String path) implements Operation {
    @Override
    public String words() {
      return "close " + path;
    }
  }

  record Force(String path) implements Operation {
    @Override
    public String words() {
      return "force " + path;
    }
  }

  record ForceDirectory(String path) implements Operation {
    @Override
    public String words() {
      return "force directory " + path;
    }
  }

  record Rename(String from, String to) implements Operation {
    @Override
    public String words() {
      return "rename " + from + " to " + to;
    }
  }

  record Unlink(String path) implements Operation {
    @Override
    public String words() {
      return "delete " + path;
    }
  }

  record RemoveDirectory(String path) implements Operation {
    @Override
    public String words() {
      return "delete directory " + path;
    }
  }

  record SymbolicLink(String target, String path) implements Operation {
    @Override
    public String words() {
      return "create symbolic link " + path + " to " + target;
    }
  }

  record HardLink(String existing, String path) implements Operation {
    @Override
    public String words() {
      return "link " + existing + " as " + path;
    }
  }

  /** The workload told somebody that something is done: from now on no power cut may undo it. */
  record Promise(String value) implements Operation {
    @Override
    public String words() {
      return "promise " + value;
    }
  }
}
