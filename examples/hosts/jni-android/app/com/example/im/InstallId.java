package com.example.im;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.UUID;

/** A random name of this installation, made once, in a folder that no backup restores. */
final class InstallId {
    static String in(File folder) {
        File file = new File(folder, "push-install-id");
        try {
            if (!file.exists()) {
                Files.write(file.toPath(), UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
            }
            return new String(Files.readAllBytes(file.toPath()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InstallId() {}
}
