#!/usr/bin/env python3
"""Makes the sample recordings and their true transcripts.

Needs espeak-ng (with its library), sox and lame. The recordings are committed; run this only to change them.
Word times come from the synthesizer's own events, so they are exact: the start of a word is the position
espeak-ng reports for it, its end the position of the next word or of the pause that follows.
"""

import ctypes
import hashlib
import json
import os
import re
import subprocess
import tempfile
import wave

HERE = os.path.dirname(os.path.abspath(__file__))
PAUSE = 0.35

EVENT_WORD, EVENT_END, EVENT_PHONEME = 1, 5, 7


class EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", EventId),
    ]


CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))
library = ctypes.CDLL("libespeak-ng.so.1")
# 2 = synchronous audio to the callback; option 1 = phoneme events.
RATE = library.espeak_Initialize(2, 200, None, 1)


def speak(text, voice, speed):
    """One utterance: 16 bit samples at RATE, and its words with start and end in seconds."""
    pieces, events = [], []

    def receive(samples, count, event):
        if samples and count > 0:
            pieces.append(ctypes.string_at(samples, count * 2))
        index = 0
        while event[index].type != 0:
            events.append((event[index].type, event[index].text_position, event[index].sample, event[index].id.string))
            index += 1
        return 0

    callback = CALLBACK(receive)
    library.espeak_SetSynthCallback(callback)
    assert library.espeak_SetVoiceByName(voice.encode()) == 0, voice
    library.espeak_SetParameter(1, speed, 0)
    data = text.encode()
    library.espeak_Synth(data, len(data) + 1, 0, 1, 0, 1, None, None)
    library.espeak_Synchronize()
    audio = b"".join(pieces)
    return audio, word_times(text, events, len(audio) // 2)


def word_times(text, events, total):
    tokens = [(match.start(), match.end(), match.group()) for match in re.finditer(r"\S+", text)]
    starts = {}
    for kind, position, sample, _ in events:
        if kind != EVENT_WORD:
            continue
        for index, (first, last, _) in enumerate(tokens):
            if first <= position - 1 < last:
                starts.setdefault(index, sample)
    missing = [token for index, (_, _, token) in enumerate(tokens) if index not in starts]
    assert not missing, f"espeak-ng speaks {missing} together with a neighbour, word it differently: {text}"
    pauses = [sample for kind, _, sample, name in events if kind == EVENT_PHONEME and name.startswith(b"_")]
    words = []
    for index, (_, _, token) in enumerate(tokens):
        start = starts[index]
        limit = starts.get(index + 1, total)
        end = min([pause for pause in pauses if start < pause < limit and not speech_after(events, pause, limit)] + [limit])
        words.append({"text": token, "start": start / RATE, "end": end / RATE})
    return words


def speech_after(events, pause, limit):
    """True when a word goes on after a pause within it (between the digits of a number, for example)."""
    return any(kind == EVENT_PHONEME and pause < sample < limit and name and not name.startswith(b"_")
               for kind, _, sample, name in events)


def trim(audio, words):
    """Cuts the silence espeak-ng appends, down to a fixed pause after the last word."""
    keep = int((words[-1]["end"] + 0.05) * RATE) * 2
    return audio[:keep]


def make(name, title, language, turns, voices, rate, channels=1, kbps=None, entities=(), speed=160):
    """`turns`: (speaker from 1, text). With two channels each speaker has its own."""
    tracks = [bytearray() for _ in range(channels)]
    words, utterances = [], []
    for speaker, text in turns:
        audio, spoken = speak(text, voices[speaker - 1], speed)
        audio = trim(audio, spoken)
        channel = speaker if channels == 2 else 1
        offset = len(tracks[0]) / 2 / RATE
        first = len(words)
        for word in spoken:
            words.append({"text": word["text"], "start": round(word["start"] + offset, 3),
                          "end": round(word["end"] + offset, 3), "speaker": speaker, "channel": channel})
        utterances.append({"speaker": speaker, "channel": channel, "start": words[first]["start"],
                           "end": words[-1]["end"], "text": text, "firstWord": first, "lastWord": len(words) - 1})
        silence = bytes(int(PAUSE * RATE) * 2)
        for index, track in enumerate(tracks):
            track += (audio if index == channel - 1 else bytes(len(audio))) + silence
    path = os.path.join(HERE, name)
    write(path, tracks, rate, kbps)
    described = {
        "file": name,
        "sha256": hashlib.sha256(open(path, "rb").read()).hexdigest(),
        "title": title,
        "language": language,
        "durationSeconds": round(len(tracks[0]) / 2 / RATE, 3),
        "channels": channels,
        "text": " ".join(text for _, text in turns),
        "utterances": utterances,
        "words": words,
        "entities": find_all(entities, words),
    }
    with open(os.path.splitext(path)[0] + ".json", "w", encoding="utf8") as file:
        json.dump(described, file, indent="\t", ensure_ascii=False)
        file.write("\n")
    print(f"{name}: {described['durationSeconds']} s, {os.path.getsize(path)} bytes")


def write(path, tracks, rate, kbps):
    with tempfile.TemporaryDirectory() as folder:
        raw, resampled = os.path.join(folder, "raw.wav"), os.path.join(folder, "out.wav")
        with wave.open(raw, "wb") as file:
            file.setnchannels(len(tracks))
            file.setsampwidth(2)
            file.setframerate(RATE)
            samples = [memoryview(bytes(track)).cast("h") for track in tracks]
            file.writeframes(b"".join(value.to_bytes(2, "little", signed=True) for moment in zip(*samples) for value in moment))
        # -D: no dither, so that every run gives the same bytes.
        subprocess.run(["sox", "-D", raw, "-b", "16", "-r", str(rate), resampled, "norm", "-3"], check=True)
        if kbps is None:
            os.replace(resampled, path)
        else:
            # At 48 kbit/s and up a frame has room for LAME's header, without which players start a little late.
            subprocess.run(["lame", "--quiet", "-m", "m", "-b", str(kbps), resampled, path], check=True)


def find_all(entities, words):
    """The entities in spoken order; of two that overlap the one named first counts."""
    found = []
    for kind, text in entities:
        for entity in find(kind, text, words):
            if all(entity["lastWord"] < other["firstWord"] or entity["firstWord"] > other["lastWord"] for other in found):
                found.append(entity)
    return sorted(found, key=lambda entity: entity["firstWord"])


def find(kind, text, words):
    """Every place where the words of an entity are spoken."""
    wanted = text.split()
    bare = [word["text"].strip(".,!?") for word in words]
    return [{"type": kind, "text": text, "firstWord": index, "lastWord": index + len(wanted) - 1}
            for index in range(len(words)) if bare[index:index + len(wanted)] == wanted]


make("thank-you.wav", "One short sentence", "en", [(1, "Thank you very much.")], ["en-us"], 8000)

make("voicemail.wav", "A voicemail with a name and a phone number", "en", [
    (1, "Hello, this is Laura Bennett from Northwind. Please call me back about the invoice. My number is 555-0142. Thank you."),
], ["en-us+f3"], 16000, entities=[("person_name", "Laura Bennett"), ("organization", "Northwind"), ("phone_number", "555-0142")])

make("sales-call.mp3", "A sales call between two people", "en", [
    (1, "Good morning, Northwind sales, Daniel speaking. How can I help?"),
    (2, "Hi Daniel, my name is Maria Jensen. We are looking for transcription software."),
    (1, "Great. How many hours do you record every month?"),
    (2, "About forty hours, mostly interviews and support calls."),
    (1, "Then our team plan fits best. It costs ninety dollars per month."),
    (2, "That sounds fair. Can you send your offer before Friday?"),
    (1, "Sure. Which number should we call?"),
    (2, "Please call 555-0199 after two. Thanks, Daniel."),
    (1, "Thank you, Maria. Have a nice day!"),
], ["en-us", "en-us+f4"], 16000, kbps=48, entities=[
    ("organization", "Northwind"), ("person_name", "Maria Jensen"), ("person_name", "Maria"), ("person_name", "Daniel"),
    ("money_amount", "ninety dollars"), ("phone_number", "555-0199"), ("date", "Friday")])

make("support-call-stereo.wav", "A support call, one speaker per channel", "en", [
    (1, "Support desk, good afternoon."),
    (2, "My router keeps losing the connection."),
    (1, "Please restart it and wait one minute."),
    (2, "Now it works. Thanks a lot."),
], ["en-us", "en-us+f4"], 8000, channels=2, speed=175)

make("interview-de.mp3", "A short interview in German", "de", [
    (1, "Guten Tag, Frau Keller. Wie lange arbeiten Sie schon als Journalistin?"),
    (2, "Seit zwanzig Jahren. Am liebsten führe ich lange Gespräche mit Handwerkern."),
    (1, "Warum gerade mit Handwerkern?"),
    (2, "Sie erzählen genau, was sie tun. Das schätzen unsere Leser."),
], ["de", "de+f3"], 16000, kbps=48, entities=[("person_name", "Keller")])
