package io.sightline.hub.security;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.sightline.hub.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file that only the hub's own user may read (mode 0600); after a crash it holds either the old or the new content. */
final class SecretFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path file;

    SecretFile(Path file) {
        this.file = file;
    }

    Optional<byte[]> read() {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    /** @return the entries, none where the file does not exist */
    <T> List<T> readList(TypeReference<List<T>> type) {
        return read().map(bytes -> parse(bytes, type)).orElse(List.of());
    }

    private <T> List<T> parse(byte[] bytes, TypeReference<List<T>> type) {
        try {
            return JSON.readValue(bytes, type);
        } catch (IOException e) {
            // The parser's message would quote the content.
            throw new UncheckedIOException(new IOException(file + ": is not the JSON that the hub wrote"));
        }
    }

    void writeList(List<?> entries) {
        try {
            write(JSON.writeValueAsBytes(entries));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }

    void write(byte[] content) {
        try {
            AtomicFile.writeSecret(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }

    void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be removed", e);
        }
    }
}
