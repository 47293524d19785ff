// A music player of several threads.  The victim's decodes a track and writes it to the sound card.
// The bystanders are the interface: odd ones answer the keys of a room - volume, pause, next track
// - and even ones show the words of the song.  Playback and keys share the rooms' state under one
// mutex; the words need none.  The playback then fails, in the way that the source music_*.cc with
// this header chooses, and the interface is used again.
//
// The sound card is a file in memory, written round and round: no write waits, so a playback thread
// that sleeps is one that hangs.  What the vehicle makes processes of has a player each.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_PLAYER_H_
#define BULKHEAD_SCENARIOS_CASE_PLAYER_H_

#include <array>
#include <cstring>
#include <mutex>

#include "scenarios/case/page.h"

namespace bulkhead::scenarios {

struct Room {
  int volume = 5;  // 0 .. 10
  bool paused = false;
  std::uint64_t track = 0;
};

// What the threads share.
struct Player {
  std::mutex lock;
  Room rooms[kMostUnits];
};

inline Player g_player;

// The interface thread for the keys of one room.
class Keys {
 public:
  void Serve(std::uint32_t room) { room_ = &g_player.rooms[room]; }

  std::uint64_t Open() {
    const std::lock_guard guard(g_player.lock);
    *room_ = Room{};
    return Display();
  }

  std::uint64_t Show() const {
    const std::lock_guard guard(g_player.lock);
    return Display();
  }

  std::uint64_t Handle(std::uint64_t key) {
    const std::lock_guard guard(g_player.lock);
    switch (key % 4) {
      case 0:
        room_->volume = room_->volume < 10 ? room_->volume + 1 : 10;
        break;
      case 1:
        room_->volume = room_->volume > 0 ? room_->volume - 1 : 0;
        break;
      case 2:
        room_->paused = !room_->paused;
        break;
      default:
        room_->track = key / 4 % 100;
    }
    return Display();
  }

 private:
  std::uint64_t Display() const {
    return Mix(Mix(static_cast<std::uint64_t>(room_->volume), room_->paused), room_->track);
  }

  Room* room_ = nullptr;
};

// The playback thread's work.
class Playback {
 public:
  void Open() {
    card_ = memfd_create("sound-card", MFD_CLOEXEC);
    Require(card_ >= 0);
    for (std::size_t i = 0; i < track_.size(); ++i)
      track_[i] = static_cast<std::uint8_t>(Mix(i, 1));
  }

  // Each sample is stored as a step up or down in four bits, and steps grow and shrink as they are
  // taken: adaptive differential coding.
  void Decode() {
    int sample = 0, step = 16;
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      const int code = track_[(written_ + 2 * i) / 4 % track_.size()] >> (i % 2 * 4) & 15;
      const int change = ((code & 7) * 2 + 1) * step / 8;
      sample = Between(-32768, (code & 8) != 0 ? sample - change : sample + change, 32767);
      step = Between(16, step * ((code & 7) < 4 ? 15 : 20) / 16, 16384);
      samples_[i] = static_cast<std::int16_t>(sample);
    }
  }

  // As loud as the rooms want it, to the sound card, which must hold it then.
  void Write() {
    int volume = 0;
    {
      const std::lock_guard guard(g_player.lock);
      for (const Room& room : g_player.rooms) volume += room.paused ? 0 : room.volume;
    }
    for (auto& sample : samples_) {
      sample = static_cast<std::int16_t>(sample * volume / (10 * int{kMostUnits}));
    }
    const auto place = static_cast<off_t>(written_ % (kBuffers * sizeof samples_));
    std::array<std::int16_t, kSamples> heard;
    Require(pwrite(card_, samples_.data(), sizeof samples_, place) == sizeof samples_);
    Require(pread(card_, heard.data(), sizeof heard, place) == sizeof heard && heard == samples_);
    written_ += sizeof samples_;
  }

  void Play() {
    Decode();
    Write();
  }

 private:
  static constexpr std::size_t kSamples = 512, kBuffers = 8;

  static int Between(int low, int value, int high) {
    return value < low ? low : value > high ? high : value;
  }

  int card_ = -1;
  std::size_t written_ = 0;  // bytes
  std::array<std::uint8_t, 4096> track_;
  std::array<std::int16_t, kSamples> samples_;
};

// How a playback thread fails, between two buffers.
using Failure = void (*)(Playback&);

template <Failure kFailure>
class Music {
 public:
  static void Prepare(bh_unit* unit) {
    Require(unit->count <= kMostUnits);
    if (unit->index == kVictim) {
      playback_.Open();
      PlayOn();
    } else if (ShowsWords(unit)) {
      words_[unit->index].Begin();
    } else {
      keys_[unit->index].program().Serve(unit->index);
      keys_[unit->index].Begin();
    }
  }

  static void Act(bh_unit*) {
    playback_.Play();
    kFailure(playback_);
  }

  // Who survived its failure plays on, or finds out here that it cannot.
  static void Watch(bh_unit* unit) {
    if (unit->index == kVictim) {
      PlayOn();
    } else if (ShowsWords(unit)) {
      words_[unit->index].GoOn(unit, "words-latency");
    } else {
      keys_[unit->index].GoOn(unit, "key-latency");
    }
  }

 private:
  static bool ShowsWords(const bh_unit* unit) { return unit->index % 2 == 0; }

  static void PlayOn() {
    for (int buffers = 0; buffers < 4; ++buffers) playback_.Play();
  }

  static inline Playback playback_;
  static inline InUse<Keys> keys_[kMostUnits];
  static inline InUse<Page> words_[kMostUnits];
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_PLAYER_H_
