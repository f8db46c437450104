package com.example.im;

import android.util.Log;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A random name of this installation, made once, in a folder that no backup restores. */
final class InstallId {
    /** Always gives one. A file that is empty, damaged or unreadable is replaced: the registrar then asks for new tokens. */
    static String in(File folder) {
        File file = new File(folder, "push-install-id");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
            return UUID.fromString(String.valueOf(in.readLine())).toString();
        } catch (IOException | IllegalArgumentException e) {
            return written(file, UUID.randomUUID().toString());
        }
    }

    /** Under another name first, so that a process that is killed leaves no half of a file. */
    private static String written(File file, String id) {
        File half = new File(file.getPath() + ".new");
        try (FileOutputStream out = new FileOutputStream(half)) {
            out.write(id.getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
            if (!half.renameTo(file)) {
                throw new IOException("rename");
            }
        } catch (IOException e) {
            Log.w("push", "the next start makes another id", e); // the disk is full
        }
        return id;
    }

    private InstallId() {}
}
