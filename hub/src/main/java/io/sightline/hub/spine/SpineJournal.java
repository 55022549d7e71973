package io.sightline.hub.spine;

import io.sightline.hub.data.DataFolder;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.nativo.jlibaio.LibaioContext;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** How events lie on the disk. */
final class SpineJournal {
    private static final int FILE_SIZE = 4 << 20;
    private static final long MEMORY = 64L << 20;
    /** A sender waits at most this long for others to share its write to the disk. */
    private static final int GATHER_NANOS = 500_000;

    private SpineJournal() {}

    /** ASYNCIO where the system has libaio and its library is on {@code java.library.path}, else NIO. */
    static JournalType type() {
        return LibaioContext.isLoaded() ? JournalType.ASYNCIO : JournalType.NIO;
    }

    static ConfigurationImpl settings(DataFolder data) {
        Path folder = data.journal();
        var settings = new ConfigurationImpl();
        settings.setName(data.hubId())
                .setPersistenceEnabled(true)
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setJournalDirectory(folder.resolve("messages").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setCreateBindingsDir(true)
                .setCreateJournalDir(true);
        settings.setJournalType(type())
                .setJournalFileSize(FILE_SIZE)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(4)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalDatasync(true)
                .setJournalBufferTimeout_NIO(GATHER_NANOS)
                .setJournalBufferTimeout_AIO(GATHER_NANOS);
        settings.setGlobalMaxSize(MEMORY);
        settings.setMaxDiskUsage(98);
        settings.setCriticalAnalyzer(true).setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG);
        return settings;
    }
}
