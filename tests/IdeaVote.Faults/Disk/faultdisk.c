/*
 * Stands between a process and the files of one folder (LD_PRELOAD): writes down everything that changes them, so that the harness
 * can tell what would be left if power failed, and makes the disk fail, fill up or dawdle and the clock jump when told to.
 *
 * The harness tells it what to do in a control file that both have mapped: see struct control, which FaultDisk.cs mirrors.
 * Files elsewhere are not touched. SQLite's -shm is mapped memory, which nobody can interpose and nobody needs to: it is made
 * again by the first connection after a crash.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct control {
    int64_t operations;      /* how many changes there were */
    int64_t power_off_at;    /* the change in whose middle power fails; 0 for none */
    int64_t room_bytes;      /* by how much files may still grow; negative for no limit */
    int64_t sync_errors;     /* how many of the next syncs fail with EIO */
    int64_t write_errors;    /* how many of the next writes fail with EIO */
    int64_t lies;            /* whether syncs report success and do nothing */
    int64_t delay_us;        /* how long each write and sync takes */
    int64_t clock_offset_ms; /* by how much the clock is wrong */
    int64_t injected;        /* how many calls were made to fail */
    char only[64];           /* how the names of the files begin whose syncs and writes fail; empty for any */
};

/* What the trace holds of each change; `length` bytes follow. */
enum { START = 1, OPEN, WRITE, TRUNCATE, SYNC, SYNC_FAILED, SYNC_FOLDER, UNLINK, RENAME };
struct change { int32_t kind, file; int64_t offset, length; };

#define MAX_FDS 65536
#define MAX_FILES 512
#define FOLDER (-1)

static struct control *control;
static char folder[4096];
static size_t folder_length;
static int trace = -1;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static int fds[MAX_FDS];
static char *names[MAX_FILES];
static int files;

static int (*real_open64)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite64)(int, const void *, size_t, off64_t);
static int (*real_ftruncate64)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);
static int (*real_link)(const char *, const char *);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
    real_open64 = dlsym(RTLD_NEXT, "open64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite64 = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate64 = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_link = dlsym(RTLD_NEXT, "link");
    real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    const char *data = getenv("FAULTDISK_FOLDER"), *told = getenv("FAULTDISK_CONTROL"), *path = getenv("FAULTDISK_TRACE");
    if (!data || !told)
        return;
    strncpy(folder, data, sizeof folder - 1);
    folder_length = strlen(folder);
    int fd = real_open64(told, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        abort();
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    real_close(fd);
    if (mapped == MAP_FAILED)
        abort();
    if (path && (trace = real_open64(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) < 0)
        abort();
    control = mapped;
    struct change change = { START, 0, 0, 0 };
    if (trace >= 0 && real_write(trace, &change, sizeof change) < 0)
        abort();
}

/* The part of a path behind the folder; NULL for files elsewhere. The folder itself is "". */
static const char *inside(const char *path) {
    if (!control || strncmp(path, folder, folder_length) != 0)
        return NULL;
    const char *rest = path + folder_length;
    if (*rest == '/')
        rest++;
    else if (*rest)
        return NULL;
    return strchr(rest, '/') ? NULL : rest;
}

static void note(int kind, int file, int64_t offset, const void *bytes, int64_t length) {
    if (trace < 0)
        return;
    struct change change = { kind, file, offset, length };
    struct iovec parts[2] = { { &change, sizeof change }, { (void *)bytes, (size_t)length } };
    /* One call, so that a kill leaves whole records. */
    if (writev(trace, parts, length > 0 ? 2 : 1) != (ssize_t)(sizeof change + length))
        abort();
}

/* What is written down before it is done has to happen; only a kill may come between. */
static ssize_t must(ssize_t result, ssize_t expected) {
    if (result != expected)
        abort();
    return result;
}

static int file_of(int fd) { return control && fd >= 0 && fd < MAX_FDS ? fds[fd] : 0; }

static int find(const char *name) {
    for (int i = files; i > 0; i--)
        if (names[i] && strcmp(names[i], name) == 0)
            return i;
    return 0;
}

static int spends(int64_t *count, int file) {
    const char *name = file > 0 && names[file] ? names[file] : "";
    if (*count <= 0 || strncmp(name, control->only, strlen(control->only)) != 0)
        return 0;
    --*count;
    control->injected++;
    return 1;
}

/* Counts a change; where power fails, nothing comes after it. */
static void step(void) {
    int64_t now = ++control->operations;
    if (control->power_off_at && now >= control->power_off_at) {
        kill(getpid(), SIGKILL);
        for (;;)
            pause();
    }
}

static void dawdle(void) {
    if (control->delay_us > 0)
        usleep((useconds_t)control->delay_us);
}

int open64(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    if (!real_open64)
        begin();
    const char *name = inside(path);
    if (!name)
        return real_open64(path, flags, mode);
    pthread_mutex_lock(&gate);
    int fd = real_open64(path, flags, mode);
    if (fd >= 0 && fd < MAX_FDS) {
        if (!*name)
            fds[fd] = FOLDER;
        else {
            int file = find(name);
            if (!file) {
                if (files + 1 >= MAX_FILES)
                    abort();
                names[file = ++files] = strdup(name);
                note(OPEN, file, 0, name, (int64_t)strlen(name));
            }
            if (flags & O_TRUNC)
                note(TRUNCATE, file, 0, NULL, 0);
            fds[fd] = file;
        }
    }
    pthread_mutex_unlock(&gate);
    return fd;
}

int open(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    return open64(path, flags, mode);
}

int close(int fd) {
    if (!real_close)
        begin();
    if (file_of(fd)) {
        pthread_mutex_lock(&gate);
        fds[fd] = 0;
        pthread_mutex_unlock(&gate);
    }
    return real_close(fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    int file = file_of(fd);
    if (file <= 0)
        return real_pwrite64(fd, bytes, count, offset);
    dawdle();
    pthread_mutex_lock(&gate);
    step();
    ssize_t result = -1;
    if (spends(&control->write_errors, file))
        errno = EIO;
    else {
        struct stat64 now;
        int64_t grows = fstat64(fd, &now) == 0 ? (int64_t)offset + (int64_t)count - now.st_size : 0;
        if (grows > 0 && control->room_bytes >= 0 && grows > control->room_bytes) {
            /* As much as fits, as file systems do; then nothing. */
            int64_t fits = (int64_t)count - grows + control->room_bytes;
            control->injected++;
            count = fits > 0 ? (size_t)fits : 0;
            grows = control->room_bytes;
        }
        if (count == 0)
            errno = ENOSPC;
        else {
            if (grows > 0 && control->room_bytes >= 0)
                control->room_bytes -= grows;
            note(WRITE, file, offset, bytes, (int64_t)count);
            result = must(real_pwrite64(fd, bytes, count, offset), (ssize_t)count);
        }
    }
    int error = errno;
    pthread_mutex_unlock(&gate);
    errno = error;
    return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

ssize_t write(int fd, const void *bytes, size_t count) {
    if (!real_write)
        begin();
    if (file_of(fd) <= 0)
        return real_write(fd, bytes, count);
    off64_t at = lseek64(fd, 0, SEEK_CUR);
    ssize_t result = pwrite64(fd, bytes, count, at);
    if (result > 0)
        lseek64(fd, at + result, SEEK_SET);
    return result;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
    static ssize_t (*real)(int, const struct iovec *, int, off64_t);
    if (file_of(fd) <= 0) {
        if (!real)
            real = dlsym(RTLD_NEXT, "pwritev64");
        return real(fd, parts, count, offset);
    }
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t one = pwrite64(fd, parts[i].iov_base, parts[i].iov_len, offset + all);
        if (one < 0)
            return all > 0 ? all : one;
        all += one;
        if ((size_t)one < parts[i].iov_len)
            break;
    }
    return all;
}

int ftruncate64(int fd, off64_t length) {
    int file = file_of(fd);
    if (file <= 0)
        return real_ftruncate64(fd, length);
    pthread_mutex_lock(&gate);
    step();
    note(TRUNCATE, file, length, NULL, 0);
    int result = (int)must(real_ftruncate64(fd, length), 0);
    pthread_mutex_unlock(&gate);
    return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int fsync(int fd) {
    int file = file_of(fd);
    if (!file)
        return real_fsync(fd);
    dawdle();
    pthread_mutex_lock(&gate);
    step();
    int result = 0;
    if (spends(&control->sync_errors, file)) {
        if (file != FOLDER)
            note(SYNC_FAILED, file, 0, NULL, 0);
        result = -1;
    }
    /* The real disk is not going to fail; only the imagined one has to be told. */
    else if (!control->lies)
        note(file == FOLDER ? SYNC_FOLDER : SYNC, file, 0, NULL, 0);
    pthread_mutex_unlock(&gate);
    if (result < 0)
        errno = EIO;
    return result;
}

int fdatasync(int fd) { return fsync(fd); }

int unlink(const char *path) {
    const char *name = inside(path);
    if (!name || !*name)
        return real_unlink(path);
    pthread_mutex_lock(&gate);
    step();
    int result = access(path, F_OK), error = errno;
    if (result == 0) {
        int file = find(name);
        if (file) {
            free(names[file]);
            names[file] = NULL;
        }
        note(UNLINK, file, 0, name, (int64_t)strlen(name));
        must(real_unlink(path), 0);
    }
    pthread_mutex_unlock(&gate);
    errno = error;
    return result;
}

static void renamed(const char *from, const char *to) {
    int old = find(to), file = find(from);
    if (old) {
        free(names[old]);
        names[old] = NULL;
    }
    if (file) {
        free(names[file]);
        names[file] = strdup(to);
    }
    char both[512];
    size_t length = strlen(from);
    if (length + 1 + strlen(to) >= sizeof both)
        abort();
    memcpy(both, from, length + 1);
    memcpy(both + length + 1, to, strlen(to));
    note(RENAME, file, 0, both, (int64_t)(length + 1 + strlen(to)));
}

int rename(const char *from, const char *to) {
    const char *a = inside(from), *b = inside(to);
    if (!a || !b)
        return real_rename(from, to);
    pthread_mutex_lock(&gate);
    step();
    int result = access(from, F_OK), error = errno;
    if (result == 0) {
        renamed(a, b);
        must(real_rename(from, to), 0);
    }
    pthread_mutex_unlock(&gate);
    errno = error;
    return result;
}

int link(const char *from, const char *to) {
    const char *a = inside(from), *b = inside(to);
    if (!a && !b)
        return real_link(from, to);
    /* Whoever links to move falls back to renaming. */
    errno = EPERM;
    return -1;
}

static void shift(struct timespec *time) {
    int64_t offset = control->clock_offset_ms;
    time->tv_sec += offset / 1000;
    time->tv_nsec += offset % 1000 * 1000000;
    if (time->tv_nsec >= 1000000000) {
        time->tv_nsec -= 1000000000;
        time->tv_sec++;
    } else if (time->tv_nsec < 0) {
        time->tv_nsec += 1000000000;
        time->tv_sec--;
    }
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    if (!real_clock_gettime)
        real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real_clock_gettime(clock, time);
    if (result == 0 && control && control->clock_offset_ms && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        shift(time);
    return result;
}

int gettimeofday(struct timeval *time, void *zone) {
    (void)zone;
    struct timespec now;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return result;
}
