package dev.plugpull.faultinjection.crashfs.software;

import static dev.plugpull.faultinjection.crashfs.FileSystemRules.btrfs;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.ext4;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.fat;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.weakestPosix;
import static dev.plugpull.faultinjection.crashfs.FileSystemRules.xfs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.crashfs.CrashReport;
import dev.plugpull.faultinjection.crashfs.CrashTest;
import dev.plugpull.faultinjection.crashfs.FileSystemRules;
import dev.plugpull.faultinjection.crashfs.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Apache Lucene commits, is cut anywhere and opened again, through its own NIOFSDirectory, without a special case. */
class LuceneTest {
  private static final int COMMITS = 3;

  static FileSystemRules[] journalled() {
    return new FileSystemRules[] {ext4(), xfs(), btrfs()};
  }

  static FileSystemRules[] careless() {
    return new FileSystemRules[] {fat(), weakestPosix()};
  }

  private static Directory index(Path root) throws IOException {
    return new NIOFSDirectory(root.resolve("index"));
  }

  private static IndexWriterConfig settings() {
    return new IndexWriterConfig()
        .setMergePolicy(NoMergePolicy.INSTANCE)
        .setMergeScheduler(new SerialMergeScheduler())
        .setCommitOnClose(false);
  }

  private static void add(IndexWriter writer, int number) throws IOException {
    Document document = new Document();
    document.add(new StringField("id", "document " + number, Field.Store.YES));
    writer.addDocument(document);
  }

  private static final Workload.Promising COMMITTING =
      (root, promises) -> {
        try (Directory directory = index(root);
            IndexWriter writer = new IndexWriter(directory, settings())) {
          for (int i = 1; i <= COMMITS; i++) {
            add(writer, i);
            writer.commit();
            promises.promise(Integer.toString(i));
          }
        }
      };

  /** Every commit that was promised is there, and what is there reads. */
  private static void opens(Path root, String promised) throws IOException {
    int least = promised.isEmpty() ? 0 : Integer.parseInt(promised);
    try (Directory directory = index(root)) {
      if (!DirectoryReader.indexExists(directory)) {
        assertThat(least).as("commits promised although there is no index").isZero();
        return;
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertThat(reader.numDocs()).isBetween(least, COMMITS);
        for (int i = 0; i < reader.maxDoc(); i++) {
          assertThat(reader.storedFields().document(i).get("id")).isEqualTo("document " + (i + 1));
        }
      }
    }
  }

  /** fsync of a file makes the directory above it durable too, although nobody asked for that. */
  @ParameterizedTest
  @MethodSource("journalled")
  void everyPromisedCommitOpensAgain(FileSystemRules rules) {
    CrashReport report = CrashTest.on(rules).states(60_000).run(COMMITTING).thenRecover(LuceneTest::opens);
    assertThat(report.distinct()).isGreaterThan(100);
  }

  /** Lucene forces the index directory, never the directory that holds it. */
  @ParameterizedTest
  @MethodSource("careless")
  void theNameOfTheIndexDirectoryIsNotForced(FileSystemRules rules) {
    assertThatThrownBy(() -> CrashTest.on(rules).states(15_000).run(COMMITTING).thenRecover(LuceneTest::opens))
        .hasMessageContaining("promised before: 1")
        .hasMessageContaining("lost:\n   1  create directory /index")
        .hasMessageContaining("force directory / after operation 1 (LuceneTest.java:");
  }

  @ParameterizedTest
  @MethodSource("careless")
  void itHoldsInADirectoryThatIsThere(FileSystemRules rules) {
    CrashReport report =
        CrashTest.on(rules)
            .given(root -> Files.createDirectory(root.resolve("index")))
            .states(15_000)
            .run(COMMITTING)
            .thenRecover(LuceneTest::opens);
    assertThat(report.distinct()).isGreaterThan(100);
  }

  @Test
  void aWriterGoesOnAfterTheCut() {
    CrashReport report =
        CrashTest.on(ext4())
            .states(1_000)
            .run(COMMITTING)
            .thenRecover(
                (root, promised) -> {
                  opens(root, promised);
                  try (Directory directory = index(root);
                      IndexWriter writer = new IndexWriter(directory, settings())) {
                    writer.commit();
                  }
                  opens(root, promised);
                });
    assertThat(report.inRecovery()).isPositive();
  }
}
