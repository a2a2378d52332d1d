"""``handraiser links qr``: a link as a QR code, for a terminal, a page, or a printer."""

import argparse
from pathlib import Path

from bot import qr
from bot.cli.command import DONE, Arguments, CalledWrongly, Command
from bot.cli.links import PLACES, add_link, address_for, doubt_address
from bot.cli.options import add_config, add_json, configuration
from bot.cli.terminal import print_json
from bot.visible import visible
from dialogs.crossing import WEB

_MARGIN_MOST = 20
_PIXELS_MOST = 100
_KINDS = (".svg", ".png")


def _qr(options: argparse.Namespace) -> int:
    if not 0 <= options.margin <= _MARGIN_MOST:
        raise CalledWrongly(f"--margin is from 0 to {_MARGIN_MOST}, not {options.margin}")
    if not 1 <= options.pixels <= _PIXELS_MOST:
        raise CalledWrongly(f"--pixels is from 1 to {_PIXELS_MOST}, not {options.pixels}")
    files: list[Path] = options.out
    for path in files:
        if path.suffix.lower() not in _KINDS:
            raise CalledWrongly(f'"{path}" ends neither in .svg nor in .png')
    link, address = address_for(options)
    if options.place == WEB:
        doubt_address(configuration(options))
    for path in files:
        qr.save(address, path, correction=options.error, margin=options.margin, pixels=options.pixels)
    if options.json:
        drawing = qr.code_of(address)
        print_json({"code": link.code, "address": address, "files": [str(path) for path in files], **drawing.dump()})
        return DONE
    if not files:
        print(qr.terminal(address, correction=options.error, margin=options.margin))
    print(f"{visible(link.name)}: {visible(address)}")
    for path in files:
        print(f"Written: {path}")
    if 0 < options.margin < qr.MARGIN or (files and not options.margin):
        print(f"Leave {qr.MARGIN} modules of light around it in print; phones look for them.")
    return DONE


def _arguments(arguments: Arguments) -> None:
    add_link(arguments)
    arguments.add_argument(
        "--for", dest="place", choices=PLACES, default=PLACES[0], help="where it leads; default: the web"
    )
    arguments.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="an .svg or .png to write; may come twice",
    )
    arguments.add_argument(
        "--error",
        choices=qr.CORRECTIONS,
        default=qr.FOR_PRINT,
        help="what may be torn: 7, 15, 25, 30 %%; default: Q",
    )
    arguments.add_argument(
        "--margin", metavar="N", type=int, default=qr.MARGIN, help="modules of light around it; default: 4"
    )
    arguments.add_argument("--pixels", metavar="N", type=int, default=20, help="of a PNG, for each module; default: 20")
    add_config(arguments)
    add_json(arguments)


QR = Command(
    description="Show a link as a QR code, or write it into files: SVG for any size, PNG for everything else.",
    examples="links qr k7m2p9qxwd\n"
    "links qr k7m2p9qxwd --out poster.svg --out poster.png --error H\n"
    "links qr 'Fair, booth poster' --for telegram --out telegram.svg",
    arguments=_arguments,
    run=_qr,
)
