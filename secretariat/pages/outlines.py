"""The outlines of icons, of 16 units, for pages and prints alike: constants of the product, never input."""

from __future__ import annotations

OUTLINES: dict[str, str] = {
    "public": '<circle cx="8" cy="8" r="6.25"/><ellipse cx="8" cy="8" rx="2.75" ry="6.25"/><path d="M1.75 8h12.5"/>',
    "participants": (
        '<circle cx="5.5" cy="5.5" r="2.25"/><path d="M1.5 13.5c0-2.6 1.7-4 4-4s4 1.4 4 4'
        'M10.5 3.4a2.25 2.25 0 0 1 0 4.2M11.6 9.8c1.8.4 2.9 1.7 2.9 3.7"/>'
    ),
    "members": '<circle cx="4.75" cy="8" r="3"/><path d="M7.75 8h6.75v3M11.5 8v2.25"/>',
    "named": '<rect x="3" y="7" width="10" height="7" rx="1" fill="currentColor"/><path d="M5 7V5a3 3 0 0 1 6 0v2"/>',
    "st-done": (
        '<circle cx="8" cy="8" r="6.75" fill="currentColor" stroke="none"/>'
        '<path class="i-tick" d="M4.9 8.3l2.2 2.2 4-4.6"/>'
    ),
    "st-moving": '<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" stroke="none"/>',
    "st-notyet": '<circle cx="8" cy="8" r="6"/>',
    "st-unreported": '<circle cx="8" cy="8" r="6" stroke-dasharray="2.3 2.41"/>',
    "st-postponed": '<circle cx="8" cy="8" r="6"/><path d="M6.5 5.5v5M9.5 5.5v5"/>',
    "st-aside": '<circle cx="8" cy="8" r="6"/><path d="M5 8h6"/>',
    "st-proposed": '<path d="M8 1.75L14.25 8 8 14.25 1.75 8z" stroke-dasharray="3 1.4"/>',
    "st-noted": '<path d="M3 13l.8-3.1 6.9-6.9 2.3 2.3-6.9 6.9zM8.5 14h5"/>',
    "st-late": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.4 1.6"/>',
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.4 1.6"/>',
    "phone": (
        '<path d="M3.6 2h2.2l1.1 3.2-1.5 1.1a8 8 0 0 0 4.3 4.3l1.1-1.5 3.2 1.1v2.2c0 .9-.7 1.6-1.6 1.6'
        'A10.4 10.4 0 0 1 2 3.6C2 2.7 2.7 2 3.6 2z"/>'
    ),
    "calendar": '<path d="M2 3h12v11H2zM2 6.5h12M5.25 1.25v3M10.75 1.25v3"/>',
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.4 10.4L14 14"/>',
    "down": '<path d="M4 6l4 4 4-4"/>',
    "next": '<path d="M6 4l4 4-4 4"/>',
    "check": '<path d="M3 8.5l3.4 3.5L13 4.5"/>',
    "close": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "alert": '<circle cx="8" cy="8" r="6.25"/><path d="M8 4.5v4.25M8 10.75v.75"/>',
    "get": '<path d="M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.75h11"/>',
    "print": '<path d="M4.5 6V2h7v4M4.5 11.5H2V6h12v5.5h-2.5M4.5 9.5h7V14h-7z"/>',
    "rings": '<circle cx="5.6" cy="8" r="3.9"/><circle cx="10.4" cy="8" r="3.9"/>',
    "mail": '<path d="M1.75 3.5h12.5v9H1.75zM1.75 4l6.25 5 6.25-5"/>',
    "pen": '<path d="M3 13l.8-3.1 6.9-6.9 2.3 2.3-6.9 6.9z"/>',
}
