/* The start of the AppImage (type 2): a static program in front of a squashfs image of the bundle.
 *
 * It mounts the image that lies behind it in its own file and runs AppRun in there, with APPDIR,
 * APPIMAGE, ARGV0 and OWD set. Where FUSE cannot be used it unpacks the image into a private
 * folder instead. Whatever was made is taken away by a second process, the keeper, as soon as the
 * program and all that holds its end of a pipe are gone; so AppRun takes the place of this
 * process, with its number and its signals, and nothing is left behind if it is killed.
 *
 * The file is:  this program (ELF, the mark AI\2 at byte 8) | squashfs, packed with zstd | Trailer
 *
 * Built by packaging/release/appimage.py against Debian's libsquashfuse, libfuse3, zstd and zlib.
 */
#define _GNU_SOURCE
#define FUSE_USE_VERSION 32

#include <squashfuse/ll.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#ifndef START_VERSION
#define START_VERSION "0"
#endif

/* What could not be started ends with this: no status of the program's own. */
#define NOT_STARTED 125
#define CHUNK_BYTES (256 * 1024)
#define RETRY_MS 200
#define MOST_TRIES 25
#define MOUNT_NAME "DingComposer.AppImage"
#define MOUNT_OPTIONS "ro,nosuid,nodev,fsname=" MOUNT_NAME ",subtype=squashfuse"
#define TRAILER_MARK "DingComposer sum"

/* Behind the image: how long it is, and the CRC-32 of its bytes. Little endian, as the machine. */
typedef struct {
    char mark[16];
    uint64_t length;
    uint32_t sum;
    uint32_t unused;
} Trailer;

/* This very file, open, and where the image in it begins. */
typedef struct {
    int fd;
    off_t offset;
    Trailer trailer;
    char path[PATH_MAX];
} Image;

static Image image;

/* The squashfs in it, as squashfuse reads it. */
static sqfs_ll files;

/* How the image was mounted, and so how it is unmounted: by hand (root) or by this tool. */
static const char *mounted_by;

/* Words */

static int is_chinese(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "zh", 2) == 0;
    }
    return 0;
}

/* Print a sentence, in English or Chinese, to standard error. Both take the same arguments. */
__attribute__((format(printf, 1, 3), format(printf, 2, 3)))
static void say(const char *english, const char *chinese, ...) {
    va_list arguments;
    va_start(arguments, chinese);
    vfprintf(stderr, is_chinese() ? chinese : english, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

#define DIE(...)                                                                                   \
    do {                                                                                           \
        say(__VA_ARGS__);                                                                          \
        exit(NOT_STARTED);                                                                         \
    } while (0)

static void say_damage(void) {
    say("%s is damaged or was not downloaded to its end. Get it again.",
        "%s 已损坏或没有下载完整，请重新下载。", image.path);
}

static _Noreturn void die_of_damage(void) {
    say_damage();
    exit(NOT_STARTED);
}

static void help(void) {
    printf(is_chinese() ? "%s [选项]\n\n"
                          "不带下列选项时启动 DingComposer，所有参数都交给它。\n\n"
                          "  --appimage-extract [名称]    解压到 squashfs-root，可只解压符合名称的文件\n"
                          "  --appimage-extract-and-run   不用 FUSE：解压到临时文件夹再启动\n"
                          "                               （也可设 APPIMAGE_EXTRACT_AND_RUN=1）\n"
                          "  --appimage-mount             挂载后显示位置，按 Ctrl+C 结束\n"
                          "  --appimage-offset            squashfs 从第几个字节开始\n"
                          "  --appimage-check             检查文件是否完整\n"
                          "  --appimage-version           启动程序的版本\n"
                          "  --appimage-help              显示本说明\n"
                        : "%s [OPTION]\n\n"
                          "Without one of these options DingComposer starts, and gets all "
                          "arguments.\n\n"
                          "  --appimage-extract [PATTERN]  unpack into squashfs-root, all or what "
                          "fits the pattern\n"
                          "  --appimage-extract-and-run    start without FUSE, out of a temporary "
                          "folder\n"
                          "                                (or set APPIMAGE_EXTRACT_AND_RUN=1)\n"
                          "  --appimage-mount              mount, say where, and wait for Ctrl+C\n"
                          "  --appimage-offset             the byte at which the squashfs begins\n"
                          "  --appimage-check              whether the file is whole\n"
                          "  --appimage-version            the version of this start program\n"
                          "  --appimage-help               show this\n",
           image.path);
}

/* The image */

static int read_at(int fd, void *into, size_t size, off_t offset) {
    for (char *place = into; size;) {
        ssize_t count = pread(fd, place, size, offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return 0;
        place += count, offset += count, size -= (size_t)count;
    }
    return 1;
}

/* Open this file and find the image: it begins where the ELF ends, at the end of its sections. */
static void open_image(void) {
    ssize_t length = readlink("/proc/self/exe", image.path, sizeof image.path - 1);
    if (length < 0 && realpath((const char *)getauxval(AT_EXECFN), image.path))
        length = (ssize_t)strlen(image.path); /* a root without /proc */
    image.path[length < 0 ? 0 : length] = 0;
    image.fd = open(image.path, O_RDONLY | O_CLOEXEC);
    if (image.fd < 0)
        DIE("%s cannot be read: %s.", "无法读取 %s（%s）。", image.path, strerror(errno));
    Elf64_Ehdr header;
    struct stat about;
    if (!read_at(image.fd, &header, sizeof header, 0) || fstat(image.fd, &about))
        die_of_damage();
    image.offset = (off_t)header.e_shoff + header.e_shnum * header.e_shentsize;
    off_t end = about.st_size - (off_t)sizeof image.trailer;
    if (end <= image.offset ||
        !read_at(image.fd, &image.trailer, sizeof image.trailer, end) ||
        memcmp(image.trailer.mark, TRAILER_MARK, sizeof image.trailer.mark) ||
        (off_t)image.trailer.length != end - image.offset ||
        sqfs_init(&files.fs, image.fd, (size_t)image.offset) != SQFS_OK ||
        sqfs_ll_init(&files) != SQFS_OK)
        die_of_damage();
}

/* Whether every byte of the image is as it was packed. Reads all of it. */
static int is_whole(void) {
    static unsigned char held[CHUNK_BYTES];
    uLong sum = crc32(0, NULL, 0);
    off_t offset = image.offset;
    for (uint64_t left = image.trailer.length; left;) {
        size_t count = left < sizeof held ? (size_t)left : sizeof held;
        if (!read_at(image.fd, held, count, offset))
            return 0;
        sum = crc32(sum, held, (uInt)count);
        left -= count, offset += (off_t)count;
    }
    return sum == image.trailer.sum;
}

/* squashfuse knows more compressions than are used here: their libraries are left out, one of
 * which would put this program under the GPL. An image packed otherwise is refused as unreadable.
 */
int lzma_stream_buffer_decode(void) { return -1; }
int lzo1x_decompress_safe(void) { return -1; }
int LZ4_decompress_safe(void) { return -1; }

/* Unpacking */

static void make_parents(char *path, size_t from) {
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(path, 0755);
        *slash = '/';
    }
}

static _Noreturn void die_of_writing(const char *path) {
    DIE("%s cannot be written: %s.", "无法写入 %s（%s）。", path, strerror(errno));
}

static void unpack_file(sqfs_inode *inode, const char *path) {
    static char held[CHUNK_BYTES];
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        die_of_writing(path);
    for (sqfs_off_t done = 0; (uint64_t)done < inode->xtra.reg.file_size;) {
        sqfs_off_t count = sizeof held;
        if (sqfs_read_range(&files.fs, inode, done, &count, held) != SQFS_OK || count <= 0)
            die_of_damage();
        for (sqfs_off_t written = 0; written < count;) {
            ssize_t now = write(fd, held + written, (size_t)(count - written));
            if (now < 0 && errno != EINTR)
                die_of_writing(path);
            written += now > 0 ? now : 0;
        }
        done += count;
    }
    struct timespec times[2] = {{.tv_sec = inode->base.mtime}, {.tv_sec = inode->base.mtime}};
    if (fchmod(fd, inode->base.mode & 0777) || futimens(fd, times) || close(fd))
        die_of_writing(path);
}

static void unpack_link(sqfs_inode *inode, const char *path) {
    char target[PATH_MAX];
    size_t size = sizeof target;
    if (sqfs_readlink(&files.fs, inode, target, &size) != SQFS_OK)
        die_of_damage();
    unlink(path);
    if (symlink(target, path))
        die_of_writing(path);
}

/* Unpack what fits the pattern (all, if there is none) below a folder that is there. */
static void unpack(const char *folder, const char *pattern, int is_told) {
    if (!is_whole())
        die_of_damage();
    sqfs *fs = &files.fs;
    sqfs_traverse walk;
    sqfs_err error = sqfs_traverse_open(&walk, fs, sqfs_inode_root(fs));
    if (error != SQFS_OK)
        die_of_damage();
    char path[2 * PATH_MAX];
    while (sqfs_traverse_next(&walk, &error)) {
        if (walk.dir_end)
            continue;
        if (pattern && fnmatch(pattern, walk.path, FNM_FILE_NAME | FNM_LEADING_DIR))
            continue;
        sqfs_inode inode;
        if (sqfs_inode_get(fs, &inode, walk.entry.inode) != SQFS_OK)
            die_of_damage();
        snprintf(path, sizeof path, "%s/%s", folder, walk.path);
        make_parents(path, strlen(folder) + 1);
        if (is_told)
            puts(path);
        if (S_ISDIR(inode.base.mode)) {
            if (mkdir(path, 0755) && errno != EEXIST)
                die_of_writing(path);
        } else if (S_ISREG(inode.base.mode)) {
            unpack_file(&inode, path);
        } else if (S_ISLNK(inode.base.mode)) {
            unpack_link(&inode, path);
        }
    }
    if (error != SQFS_OK)
        die_of_damage();
    sqfs_traverse_close(&walk);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk) {
    (void)about, (void)kind, (void)walk;
    return remove(path);
}

/* Mounting */

/* Open FUSE's device and mount it at a place, which takes root's rights; its descriptor or -1. */
static int mount_by_hand(const char *place) {
    int fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
    char options[128];
    snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=%u,group_id=%u", fd, getuid(),
             getgid());
    if (fd >= 0 && mount(MOUNT_NAME, place, "fuse.squashfuse", MS_RDONLY | MS_NOSUID | MS_NODEV,
                         options)) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* Let go of what this process was started with, as far as this descriptor. */
static void silence(int last) {
    int nowhere = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= last; fd++)
        dup2(nowhere, fd);
    if (nowhere > 2)
        close(nowhere);
}

/* Let fusermount mount it, which may do so for everybody, and hands the descriptor over. */
static int mount_by_tool(const char *tool, const char *place) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
        return -1;
    pid_t child = fork();
    if (child == 0) {
        char number[16];
        close(ends[0]);
        snprintf(number, sizeof number, "%d", ends[1]);
        setenv("_FUSE_COMMFD", number, 1);
        silence(2);
        execlp(tool, tool, "-o", MOUNT_OPTIONS, "--", place, (char *)NULL);
        _exit(NOT_STARTED);
    }
    close(ends[1]);
    char byte, control[CMSG_SPACE(sizeof(int))];
    struct iovec data = {.iov_base = &byte, .iov_len = 1};
    struct msghdr message = {.msg_iov = &data,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof control};
    int fd = -1;
    ssize_t count;
    do
        count = recvmsg(ends[0], &message, MSG_CMSG_CLOEXEC);
    while (count < 0 && errno == EINTR);
    struct cmsghdr *part = count > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (part && part->cmsg_type == SCM_RIGHTS)
        memcpy(&fd, CMSG_DATA(part), sizeof fd);
    close(ends[0]);
    waitpid(child, NULL, 0);
    return fd;
}

static int mount_anyhow(const char *place) {
    static const char *const tools[] = {"fusermount3", "fusermount"};
    int fd = mount_by_hand(place);
    for (size_t i = 0; fd < 0 && i < sizeof tools / sizeof *tools; i++) {
        mounted_by = tools[i];
        fd = mount_by_tool(mounted_by, place);
    }
    return fd;
}

/* Ask for the end of the mount: its place is free at once, and who still has a file of it open is
 * answered until it is closed. Does not wait: whoever unmounts may first want an answer of ours.
 * The process that asks. */
static pid_t ask_to_unmount(const char *place) {
    pid_t child = fork();
    if (child == 0) {
        silence(2);
        if (mounted_by)
            execlp(mounted_by, mounted_by, "-u", "-z", "--", place, (char *)NULL);
        _exit(umount2(place, UMOUNT_NOFOLLOW | MNT_DETACH) ? NOT_STARTED : 0);
    }
    return child;
}

static void say_nothing(enum fuse_log_level level, const char *format, va_list arguments) {
    (void)level, (void)format, (void)arguments;
}

/* Read a part of a file, as squashfuse's own does; but damage is told, and not only to the program
 * that asked, which may know no better than to fail. */
static void read_part(fuse_req_t request, fuse_ino_t number, size_t size, off_t offset,
                      struct fuse_file_info *file) {
    static int is_told;
    sqfs_inode inode;
    sqfs_off_t count = (sqfs_off_t)size;
    char *held = malloc(size);
    (void)file;
    if (held && sqfs_ll_inode(&files, &inode, number) == SQFS_OK &&
        sqfs_read_range(&files.fs, &inode, offset, &count, held) == SQFS_OK) {
        fuse_reply_buf(request, held, (size_t)count);
    } else {
        fuse_reply_err(request, held ? EIO : ENOMEM);
        if (held && !is_told++)
            say_damage();
    }
    free(held);
}

/* A session that answers for the files, on a descriptor that is mounted; NULL if it cannot be. */
static struct fuse_session *open_session(int fd) {
    static const struct fuse_lowlevel_ops operations = {
        .lookup = sqfs_ll_op_lookup,
        .forget = sqfs_ll_op_forget,
        .getattr = sqfs_ll_op_getattr,
        .readlink = sqfs_ll_op_readlink,
        .open = sqfs_ll_op_open,
        .read = read_part,
        .release = sqfs_ll_op_release,
        .opendir = sqfs_ll_op_opendir,
        .readdir = sqfs_ll_op_readdir,
        .releasedir = sqfs_ll_op_releasedir,
        .statfs = stfs_ll_op_statfs,
    };
    char *words[] = {"appimage", NULL};
    struct fuse_args arguments = FUSE_ARGS_INIT(1, words);
    char place[32];
    struct fuse_session *session =
        fuse_session_new(&arguments, &operations, sizeof operations, &files);
    snprintf(place, sizeof place, "/dev/fd/%d", fd);
    return session && fuse_session_mount(session, place) == 0 ? session : NULL;
}

/* Answer the system until nothing holds the other end of `kept` and the mount is gone; or until it
 * is clear that nobody can end it. */
static void serve(struct fuse_session *session, int fd, int kept, const char *place) {
    struct fuse_buf buffer = {0};
    pid_t asking = 0;
    int tries = 0, status = 0;
    while (!fuse_session_exited(session)) {
        struct pollfd asked[] = {{.fd = fd, .events = POLLIN}, {.fd = tries ? -1 : kept}};
        int count = poll(asked, 2, tries ? RETRY_MS : -1);
        if (count < 0 && errno != EINTR)
            break;
        if (asking && waitpid(asking, &status, WNOHANG) == asking) {
            asking = 0;
            if (status && tries == MOST_TRIES)
                break;
        }
        if (!asking && (count == 0 ? status : count > 0 && asked[1].revents)) {
            asking = ask_to_unmount(place);
            tries++;
        }
        if (count > 0 && asked[0].revents) {
            int received = fuse_session_receive_buf(session, &buffer);
            if (received == -EINTR || received == -EAGAIN)
                continue;
            if (received <= 0)
                break;
            fuse_session_process_buf(session, &buffer);
        }
    }
}

/* The keeper */

/* Begin a process that mounts the image, or finds that this cannot be, and takes the place away
 * when all holders of the pipe are gone. Says at once whether it is mounted. */
static int keep(const char *place, int is_mount_wanted) {
    int kept[2], ready[2];
    if (pipe(kept) || pipe(ready))
        DIE("No pipe can be made: %s.", "无法创建管道（%s）。", strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        /* Not a child of the program, which may wait for all of its own. */
        if (fork() != 0)
            _exit(0);
        setsid();
        close(kept[1]);
        close(ready[0]);
        signal(SIGINT, SIG_IGN);
        signal(SIGTERM, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
        fuse_set_log_func(say_nothing);
        int fd = is_mount_wanted ? mount_anyhow(place) : -1;
        struct fuse_session *session = fd < 0 ? NULL : open_session(fd);
        if (fd >= 0 && !session) {
            close(fd); /* or whoever looks at the place would wait for an answer for ever */
            waitpid(ask_to_unmount(place), NULL, 0);
        }
        char answer = session ? 'm' : 'x';
        ssize_t count = write(ready[1], &answer, 1);
        close(ready[1]);
        silence(1); /* what is damaged is told there */
        if (chdir("/") || count != 1)
            _exit(NOT_STARTED);
        if (session) {
            serve(session, fd, kept[0], place);
            rmdir(place);
        } else {
            while (read(kept[0], &answer, 1) < 0 && errno == EINTR)
                ;
            nftw(place, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        }
        _exit(0);
    }
    close(kept[0]);
    close(ready[1]);
    char answer = 0;
    ssize_t count;
    do
        count = read(ready[0], &answer, 1);
    while (count < 0 && errno == EINTR);
    close(ready[0]);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    if (count != 1)
        DIE("The image could not be mounted.", "无法挂载映像。");
    return answer == 'm';
}

static const char *temporary_folder(void) {
    const char *named = getenv("TMPDIR");
    return named && *named ? named : "/tmp";
}

/* Mount the image, or unpack it, in a folder of our own; its name goes into `place`. */
static void prepare(char *place, size_t size, int is_mount_wanted) {
    snprintf(place, size, "%s/.mount_DingComposer-XXXXXX", temporary_folder());
    if (!mkdtemp(place)) /* 0700 */
        DIE("No folder can be made in %s (%s). Set TMPDIR to one that may be written to.",
            "无法在 %s 里新建文件夹（%s）。请把 TMPDIR 设为可写入的文件夹。", temporary_folder(),
            strerror(errno));
    if (keep(place, is_mount_wanted))
        return;
    if (is_mount_wanted)
        say("FUSE cannot be used here, so DingComposer is unpacked into %s first, which takes a "
            "moment; that folder is removed at the end.",
            "这里不能使用 FUSE，先解压到 %s，需要稍等；结束时会删除该文件夹。", place);
    unpack(place, NULL, 0);
}

static _Noreturn void run(const char *place, char **words) {
    char program[2 * PATH_MAX];
    char here[PATH_MAX];
    snprintf(program, sizeof program, "%s/AppRun", place);
    setenv("APPDIR", place, 1);
    setenv("APPIMAGE", image.path, 1);
    setenv("ARGV0", words[0] ? words[0] : image.path, 1);
    if (getcwd(here, sizeof here))
        setenv("OWD", here, 1);
    words[0] = program;
    execv(program, words);
    int why = errno;
    struct statvfs about;
    if (why == EACCES && statvfs(place, &about) == 0 && about.f_flag & ST_NOEXEC)
        DIE("No program may be run from %s. Set TMPDIR to a folder from which it may.",
            "不允许运行 %s 里的程序。请把 TMPDIR 设为允许运行程序的文件夹。", temporary_folder());
    if (!is_whole())
        die_of_damage();
    DIE("%s cannot be run: %s.", "无法运行 %s（%s）。", program, strerror(why));
}

int main(int count, char **words) {
    char place[PATH_MAX];
    const char *option = count > 1 && !strncmp(words[1], "--appimage-", 11) ? words[1] + 11 : "";
    const char *without = getenv("APPIMAGE_EXTRACT_AND_RUN");
    int is_mount_wanted = !(without && *without && strcmp(without, "0"));
    if (!strcmp(option, "version")) {
        puts("DingComposer AppImage start " START_VERSION ", type 2");
        return 0;
    }
    open_image();
    if (!strcmp(option, "help")) {
        help();
    } else if (!strcmp(option, "offset")) {
        printf("%lld\n", (long long)image.offset);
    } else if (!strcmp(option, "check")) {
        if (!is_whole())
            die_of_damage();
        puts(is_chinese() ? "文件完整。" : "The file is whole.");
    } else if (!strcmp(option, "extract")) {
        if (mkdir("squashfs-root", 0755) && errno != EEXIST)
            die_of_writing("squashfs-root");
        unpack("squashfs-root", count > 2 ? words[2] : NULL, 1);
    } else if (!strcmp(option, "mount")) {
        prepare(place, sizeof place, 1);
        puts(place);
        fflush(stdout);
        for (;;)
            pause();
    } else if (!strcmp(option, "extract-and-run")) {
        prepare(place, sizeof place, 0);
        run(place, words + 1);
    } else if (*option) {
        DIE("%s is not known. --appimage-help lists what is.",
            "没有 %s 这个选项。--appimage-help 会列出全部选项。", words[1]);
    } else {
        prepare(place, sizeof place, is_mount_wanted);
        run(place, words);
    }
    return 0;
}
