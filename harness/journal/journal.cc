#include "harness/journal/journal.h"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <vector>

#include "harness/base/digest.h"
#include "harness/base/unique_fd.h"
#include "harness/os/file.h"

namespace bulkhead {
namespace {

// A line is {"seq":N,"chain":"<hex>","record":<object>}.  The chain value covers the one before,
// the number and the record's bytes, so that nothing can be altered, dropped or swapped unseen.
constexpr std::size_t kChainBytes = 16;
constexpr std::string_view kSeqKey = "{\"seq\":";
constexpr std::string_view kChainKey = ",\"chain\":\"";
constexpr std::string_view kRecordKey = "\",\"record\":";

// A frame ends after this much text: a reader of a damaged file loses at most one frame.
constexpr std::size_t kFrameBytes = 1 << 20;
// Level 1: the history of the frame does most of the work; higher levels cost more time per trial
// than the disk does.
constexpr int kLevel = 1;

std::string Chain(std::string_view previous, std::uint64_t sequence, std::string_view record) {
  return Hex(DigestOf({previous, std::to_string(sequence), record}), kChainBytes);
}

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

struct JournalWriter::State {
  UniqueFd file;
  std::string path;
  std::unique_ptr<ZSTD_CCtx, FreeCompressor> compressor{ZSTD_createCCtx()};
  std::vector<char> buffer = std::vector<char>(ZSTD_CStreamOutSize());
  std::uint64_t sequence = 0;
  std::string head;
  std::size_t in_frame = 0;
  std::string line;
  bool failed = false;

  // Compresses `text` and hands all of it to the kernel: it then survives this process.
  Expected<void> Put(std::string_view text, ZSTD_EndDirective directive) {
    ZSTD_inBuffer input{text.data(), text.size(), 0};
    std::size_t left = 0;
    do {
      ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
      left = ZSTD_compressStream2(compressor.get(), &output, &input, directive);
      if (ZSTD_isError(left)) return Fail(std::string("zstd: ") + ZSTD_getErrorName(left));
      if (Expected<void> written = os::WriteAll(file.get(), {buffer.data(), output.pos});
          !written) {
        return FailWith("cannot write " + path, written.error());
      }
    } while (left != 0);
    return {};
  }
};

JournalWriter::JournalWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
JournalWriter::JournalWriter(JournalWriter&&) noexcept = default;
JournalWriter& JournalWriter::operator=(JournalWriter&&) noexcept = default;
JournalWriter::~JournalWriter() = default;

Expected<JournalWriter> JournalWriter::Create(const std::string& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->file.Reset(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!state->file) return FailErrno("cannot create " + path);
  ZSTD_CCtx_setParameter(state->compressor.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(state->compressor.get(), ZSTD_c_checksumFlag, 1);
  return JournalWriter(std::move(state));
}

Expected<void> JournalWriter::Append(const Record& record) {
  State& state = *state_;
  if (state.failed) return Fail("the journal " + state.path + " takes no more records");
  const std::string text = EncodeRecord(record);
  const std::uint64_t sequence = state.sequence + 1;
  const std::string chain = Chain(state.head, sequence, text);
  state.line.clear();
  state.line.append(kSeqKey).append(std::to_string(sequence)).append(kChainKey).append(chain);
  state.line.append(kRecordKey).append(text).append("}\n");
  state.in_frame += state.line.size();
  const bool frame_full = state.in_frame >= kFrameBytes;
  if (Expected<void> put = state.Put(state.line, frame_full ? ZSTD_e_end : ZSTD_e_flush); !put) {
    state.failed = true;  // what follows a torn record could not be read
    return put;
  }
  if (frame_full) state.in_frame = 0;
  state.sequence = sequence;
  state.head = chain;
  return {};
}

Expected<void> JournalWriter::Sync() {
  State& state = *state_;
  if (state.failed) return Fail("the journal " + state.path + " takes no more records");
  if (state.in_frame != 0) {
    if (Expected<void> put = state.Put("", ZSTD_e_end); !put) return put;
    state.in_frame = 0;
  }
  if (fsync(state.file.get()) != 0) return FailErrno("cannot sync " + state.path);
  return {};
}

const std::string& JournalWriter::head() const { return state_->head; }

namespace {

// One line, checked against the chain; `end` is moved on.
Expected<void> ReadLine(std::string_view line, JournalEnd& end,
                        const std::function<Expected<void>(const Record&)>& visit) {
  const std::string where = "record " + std::to_string(end.records + 1);
  if (!line.starts_with(kSeqKey)) return FailUser(where + " is not of the journal's form");
  const char* const last = line.data() + line.size();
  std::uint64_t sequence = 0;
  const auto [after, error] = std::from_chars(line.data() + kSeqKey.size(), last, sequence);
  std::string_view rest(after, static_cast<std::size_t>(last - after));
  if (error != std::errc() || !rest.starts_with(kChainKey)) {
    return FailUser(where + " is not of the journal's form");
  }
  if (sequence != end.records + 1) {
    return FailUser(where + " is missing: the next in the file has number " +
                    std::to_string(sequence));
  }
  rest.remove_prefix(kChainKey.size());
  const std::string_view chain = rest.substr(0, 2 * kChainBytes);
  rest.remove_prefix(chain.size());
  if (!rest.starts_with(kRecordKey) || !rest.ends_with('}')) {
    return FailUser(where + " is not of the journal's form");
  }
  rest.remove_prefix(kRecordKey.size());
  rest.remove_suffix(1);
  if (Chain(end.head, sequence, rest) != chain) {
    return FailUser(where + " was altered: its chain value does not fit");
  }
  Expected<Record> record = DecodeRecord(rest);
  if (!record) return FailWith(where, record.error());
  end.records = sequence;
  end.head = std::string(chain);
  return visit(*record);
}

}  // namespace

Expected<JournalEnd> ReadJournal(const std::string& path,
                                 const std::function<Expected<void>(const Record&)>& visit) {
  UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    return FailUser("cannot open " + path + ": " + std::strerror(errno));
  }
  std::unique_ptr<ZSTD_DCtx, FreeDecompressor> decompressor(ZSTD_createDCtx());
  std::vector<char> raw(ZSTD_DStreamInSize()), plain(ZSTD_DStreamOutSize());
  JournalEnd end;
  std::string pending;
  bool between_frames = true;
  for (;;) {
    const ssize_t got = read(file.get(), raw.data(), raw.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailErrno("cannot read " + path);
    if (got == 0) break;
    ZSTD_inBuffer input{raw.data(), static_cast<std::size_t>(got), 0};
    // A full output buffer means that the decompressor may hold more of what it has read.
    for (bool more = true; more;) {
      ZSTD_outBuffer output{plain.data(), plain.size(), 0};
      const std::size_t left = ZSTD_decompressStream(decompressor.get(), &output, &input);
      if (ZSTD_isError(left)) {
        return FailUser(path + ": after record " + std::to_string(end.records) +
                        " the file is damaged or no journal: " + ZSTD_getErrorName(left));
      }
      if (output.pos > 0 || input.pos > 0) between_frames = left == 0;
      pending.append(plain.data(), output.pos);
      std::size_t start = 0;
      for (std::size_t newline; (newline = pending.find('\n', start)) != std::string::npos;
           start = newline + 1) {
        Expected<void> read =
            ReadLine(std::string_view(pending).substr(start, newline - start), end, visit);
        if (!read) return FailWith(path, read.error());
      }
      pending.erase(0, start);
      more = input.pos < input.size || output.pos == output.size;
    }
  }
  end.torn = !pending.empty() || !between_frames;
  return end;
}

}  // namespace bulkhead
